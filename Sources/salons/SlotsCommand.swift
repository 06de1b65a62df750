import ArgumentParser
import Calendars
import Catalogue
import Foundation
import Scheduling

/// Says when a salon is free.
struct SlotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slots", abstract: "Say when a salon is free.",
        discussion: """
            Without --service, each service with the first time at which it can be had. Times are the salon's local ones: \
            15:30 (today), 'tomorrow 10:00', 'fri 9:30', 2026-11-24T15:30, or RFC 3339 with an offset; a day alone for \
            --from and --to.
            """)

    @Argument(help: "The salon: its identifier, or a part of its name.")
    var salon: String

    @Option(help: "The service: its name or a part of it, its category (such as haircut) or its identifier.")
    var service: String?

    @Option(help: "By this person only: a name, a part of it or an identifier.")
    var staff: String?

    @Option(help: "From this time or day on; now, unless said.")
    var from: String?

    @Option(help: "Up to this time, or to the end of this day; a week after the start, unless said.")
    var to: String?

    @Option(help: "For so many people at the same time, each with a person of their own, 1 to 8.")
    var party = 1

    @Option(help: "Look among this tenant's salons, published or not.")
    var tenant: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        let largest = SchedulingBounds.largestVisit
        guard (1...largest).contains(party) else {
            throw ValidationError("--party must be from 1 to \(largest)")
        }
    }

    func run() async throws {
        try await withGraph(common) { graph in
            let picker = try await SalonPicker(graph, tenant: tenant)
            let salon = try await picker.salon(salon)
            let now = Date()
            let time = LocalTime(zone: try salon.zone, now: now)
            let first = max(now, try from.map { try time.bound($0, option: "--from") } ?? now)
            let last = try to.map { try time.bound($0, isEnd: true, option: "--to") } ?? first + 7 * 86_400
            guard first < last else { throw CommandError("--to must be after --from and not in the past") }
            guard last.timeIntervalSince(first) <= 92 * 86_400 else {
                throw CommandError("--from and --to may be at most 92 days apart")
            }
            let reading = try await graph.calendars.reading(
                of: [salon.id], from: first - SchedulingBounds.longestService,
                to: last + SchedulingBounds.longestService, scope: picker.scope)
            guard let roster = reading.rosters[salon.id] else { throw SalonPicker.noCalendar(salon) }
            let services = try service.map { text throws(CommandError) in try roster.services(named: text) }
            let member = try staff.map { text throws(CommandError) in try roster.member(named: text) }
            let listing = SlotListing(
                salon: salon.name, roster: roster, busy: reading.busy, window: first..<last, time: time,
                staff: member?.id, party: party)
            print(services.map { listing.times(of: $0, width: Terminal.width) } ?? listing.overview)
        }
    }
}
