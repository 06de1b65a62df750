import Foundation
import OpeningHours
import Scheduling

/// The answer of `salons slots`.
struct SlotListing {
    let salon: String
    let roster: Roster
    let busy: [StaffID: [Range<Date>]]
    let window: Range<Date>
    let time: LocalTime
    let staff: StaffID?
    let party: Int

    /// Each service, and when it can be had first.
    var overview: String {
        guard !roster.services.isEmpty else { return "\(salon) offers no services." }
        var table = TextTable([
            .init(title: "Service"), .init(title: "Category", maximumWidth: 18),
            .init(title: "Minutes", alignsRight: true),
            .init(title: "Price", alignsRight: true), .init(title: "First free"), .init(title: "With"),
        ])
        for service in roster.services {
            let offer = offers(of: service, limit: 1).first
            table.append([
                service.name, service.category.rawValue, "\(service.duration)", service.price?.text ?? "",
                offer.map { time.text($0.start) } ?? "nothing free", offer.map { name(of: $0.staff) } ?? "",
            ])
        }
        return "\(heading)\n\n\(table.text)"
    }

    /// All times of some services, a day a line.
    func times(of services: [SalonService], width: Int) -> String {
        let blocks = services.map { service in
            let offers = offers(of: service, limit: .max)
            let price = service.price.map { ", \($0.text)" } ?? ""
            let title = "\(service.name.onOneLine), \(service.duration) minutes\(price)  (\(service.id))"
            guard !offers.isEmpty else { return "\(title)\n  \(nothing)" }
            let days = Dictionary(grouping: offers) { CivilDay(of: $0.start, in: roster.zone) }
                .sorted { $0.key < $1.key }
            return ([title] + days.flatMap { lines($0.key, $0.value, width: width) }).joined(separator: "\n")
        }
        return ([heading] + blocks).joined(separator: "\n\n")
    }

    private var heading: String {
        let who = (staff.map { "\(salon), \(name(of: $0))" } ?? salon).onOneLine
        return "\(who)  (\(roster.zone.identifier))"
    }

    private var nothing: String {
        "nothing free from \(time.text(window.lowerBound)) to \(time.text(window.upperBound))"
    }

    private func lines(_ day: CivilDay, _ offers: [Offer], width: Int) -> [String] {
        let title = "  " + time.text(day).padding(toLength: 12, withPad: " ", startingAt: 0)
        let perLine = max(1, (width - title.count + 1) / 6)
        let clocks = offers.map { time.clockText($0.start) }
        return stride(from: 0, to: clocks.count, by: perLine).map { start in
            (start == 0 ? title : String(repeating: " ", count: title.count))
                + clocks[start..<min(start + perLine, clocks.count)].joined(separator: " ")
        }
    }

    private func offers(of service: SalonService, limit: Int) -> [Offer] {
        let days = roster.sheetDays(forStartsIn: window, of: CollectionOfOne(service))
        return roster.offers(
            of: service.id, staff: staff, party: party, in: window, now: time.now,
            free: roster.freeTime(busy: busy, from: days.first, days: days.count), limit: limit)
    }

    private func name(of staff: StaffID) -> String { roster.member(staff)?.name ?? "\(staff)" }
}
