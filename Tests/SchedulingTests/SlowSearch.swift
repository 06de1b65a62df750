import Foundation
import Scheduling

/// Every way to have what is wished for, by trying all of them.
struct SlowSearch {
    let calendar: SlowCalendar
    let now: Date
    let extraNotice: Int
    /// By service, then by place in the roster, whether it can start at each minute.
    private let able: [ServiceID: [[Bool]]]

    init(_ calendar: SlowCalendar, working: [[Bool]], within places: Range<Int>, now: Date, extraNotice: Int) {
        self.calendar = calendar
        self.now = now
        self.extraNotice = extraNotice
        let staff = calendar.roster.staff
        let lengths = zip(staff, working).map { person, working in
            SlowCalendar.lengths(calendar.free(person, working: working, within: places))
        }
        let begins = staff.map(calendar.shiftBegins)
        let labels = calendar.clock.labels
        var able: [ServiceID: [[Bool]]] = [:]
        for service in calendar.roster.services {
            let end = calendar.bookingEnd(of: service, now: now)
            able[service.id] = staff.indices.map { number in
                var row = [Bool](repeating: false, count: labels.count)
                for place in places where lengths[number][place] > 0 {
                    row[place] = calendar.canStart(
                        service, by: staff[number], at: place, begins: begins[number], lengths: lengths[number],
                        end: end,
                        now: now,
                        extraNotice: extraNotice)
                }
                return row
            }
        }
        self.able = able
    }

    /// Who can start at a place, in the order of the roster.
    func people(_ service: SalonService, staff: StaffID?, at place: Int) -> [Int] {
        guard let able = able[service.id] else { return [] }
        return calendar.roster.staff.indices.filter { number in
            able[number][place] && (staff == nil || staff == calendar.roster.staff[number].id)
        }
    }

    /// `start: people` of the starts at which a party finds enough people.
    func parties(_ service: SalonService, staff: StaffID?, size: Int, starts: Range<Int>) -> [String] {
        starts.compactMap { place in
            let able = people(service, staff: staff, at: place)
            guard able.count >= size else { return nil }
            return name(able.prefix(size).map { (service, place, $0) })
        }
    }

    /// The best way at each start: the earliest end, then step by step the earlier start and the first of the roster.
    func visits(_ wishes: [(SalonService, StaffID?)], gap: Int, starts: Range<Int>) -> [String] {
        starts.compactMap { place in
            let ways = extend([], wishes, places: place...place, gap: gap)
            let best = ways.min { left, right in
                let (first, second) = (end(left), end(right))
                if first != second { return first < second }
                for (one, other) in zip(left, right) {
                    if one.1 != other.1 { return one.1 < other.1 }
                    if one.2 != other.2 { return one.2 < other.2 }
                }
                return false
            }
            return best.map(name)
        }
    }

    typealias Step = (service: SalonService, place: Int, person: Int)

    private func extend(
        _ taken: [Step], _ wishes: [(SalonService, StaffID?)], places: ClosedRange<Int>, gap: Int
    ) -> [[Step]] {
        guard taken.count < wishes.count else { return [taken] }
        let (service, staff) = wishes[taken.count]
        return places.filter { $0 < calendar.clock.labels.count }.flatMap { place in
            people(service, staff: staff, at: place).flatMap { number -> [[Step]] in
                let next: Step = (service, place, number)
                guard !taken.contains(where: { $0.person == number && occupied($0).overlaps(occupied(next)) }) else {
                    return []
                }
                let end = self.end([next])
                return extend(taken + [next], wishes, places: end...(end + gap), gap: gap)
            }
        }
    }

    private func end(_ way: [Step]) -> Int {
        guard let last = way.last else { return .max }
        return calendar.end(last.service, by: calendar.roster.staff[last.person], at: last.place)
    }

    private func occupied(_ step: Step) -> Range<Int> {
        (step.place - step.service.bufferBefore)..<(end([step]) + step.service.bufferAfter)
    }

    private func name(_ way: [Step]) -> String {
        Self.name(
            way.map { step in
                Offer(
                    service: step.service.id, staff: calendar.roster.staff[step.person].id,
                    start: calendar.clock.instant(step.place), end: calendar.clock.instant(end([step])), price: nil)
            })
    }

    /// What can be compared of a way.
    static func name(_ way: [Offer]) -> String {
        way.map { "\($0.service.rawValue.uuid.15)by\($0.staff.rawValue.uuid.15)@\($0.start)-\($0.end)" }
            .joined(separator: " ")
    }
}
