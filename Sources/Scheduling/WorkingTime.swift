import Foundation
import OpeningHours

/// The working time of a roster between two instants: what is the same for everyone is worked out once.
struct WorkingTime {
    private let roster: Roster
    private let start: Date
    private let end: Date
    private let window: Range<Int>
    /// Days of which something can reach into the window: a part of a day ends on the next day at the latest.
    private let days: ClosedRange<Int>
    private let offsets: ZoneOffsets
    /// What the opening hours do not close; nil where they say nothing that is understood: the pattern alone counts.
    private let opening: TimeRanges?
    /// Numbers of the days that are or may be holidays, on which no pattern holds.
    private let holidays: Set<Int>
    private var closings: [Range<Int>] = []
    private var openings: [Range<Int>] = []

    /// - Parameter calendar: instead of the roster's holidays.
    init(_ roster: Roster, from start: Date, to end: Date, calendar: HolidayCalendar? = nil) {
        let calendar = calendar ?? roster.holidays
        (self.roster, self.start, self.end) = (roster, start, end)
        let window = Self.second(start, .down)..<Self.second(end, .up)
        self.window = window
        // Wide enough that a local time of any of the days, and the offsets a day and a half around it, lie within.
        offsets = ZoneOffsets(
            zone: roster.zone, over: (window.lowerBound - 5 * 86_400)..<(window.upperBound + 5 * 86_400))
        let clock = offsets.clock
        // One more at the end: where clocks went back just after midnight, the next day began before this one ended.
        days = (clock.day(at: window.lowerBound).number - 2)...(clock.day(at: window.upperBound).number + 1)

        if let hours = roster.openingHours, hours.isUnderstood {
            let first = Date(timeIntervalSince1970: Double(window.lowerBound))
            let last = Date(timeIntervalSince1970: Double(window.upperBound))
            let open = hours.intervals(
                .notClosed, from: first, to: last, in: roster.zone, holidays: calendar)
            opening = TimeRanges(open.map { Self.second($0.start, .down)..<Self.second($0.end, .up) })
        } else {
            opening = nil
        }
        if roster.isClosedOnHolidays, !(roster.openingHours?.mentionsPublicHolidays ?? false) {
            holidays = Set(days.filter { calendar.certainty(of: CivilDay(number: $0)) != .ordinary })
        } else {
            holidays = []
        }
        closings = dated(.closed, nil)
        openings = dated(.open, nil)
    }

    func of(_ member: StaffMember) -> [Range<Date>] {
        var time = TimeRanges(patterns(of: member))
        if let opening { time = time.intersection(opening) }
        return
            time
            .subtracting(closings).union(openings)
            .subtracting(dated(.closed, member.id)).union(dated(.open, member.id))
            .intersection(TimeRanges([window])).ranges
            .map { range in
                max(
                    Date(timeIntervalSince1970: Double(range.lowerBound)), start)..<min(
                        Date(timeIntervalSince1970: Double(range.upperBound)), end)
            }
    }

    /// The parts of a member's work, each of which begins by itself: disjoint and in order, not clipped at the end.
    func shifts(of member: StaffMember) -> [Range<Int>] {
        var parts = patterns(of: member).flatMap { part -> [Range<Int>] in
            let pattern = TimeRanges([part])
            return (opening.map { pattern.intersection($0) } ?? pattern).subtracting(closings).ranges
        }
        parts += openings
        let closed = dated(.closed, member.id)
        if !closed.isEmpty { parts = parts.flatMap { TimeRanges([$0]).subtracting(closed).ranges } }
        parts += dated(.open, member.id)
        var shifts: [Range<Int>] = []
        var end = Int.min
        // Of those that begin together the longest comes first, so that the others lie within it.
        for part in parts.sorted(by: { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }) {
            let start = max(part.lowerBound, end)
            guard start < part.upperBound else { continue }
            shifts.append(start..<part.upperBound)
            end = part.upperBound
        }
        return shifts
    }

    private func patterns(of member: StaffMember) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for number in days where !holidays.contains(number) {
            let day = CivilDay(number: number)
            for part in member.hours where part.weekday == day.weekday + 1 {
                if let from = part.validFrom, day < from { continue }
                if let to = part.validTo, to < day { continue }
                if let range = offsets.range(of: day, from: part.start, to: part.end) { ranges.append(range) }
            }
        }
        return ranges
    }

    private func dated(_ kind: ScheduleException.Kind, _ staff: StaffID?) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for exception in roster.exceptions where exception.kind == kind && exception.staff == staff {
            let first = max(exception.first.number, days.lowerBound)
            let last = min(exception.last.number, days.upperBound)
            guard first <= last else { continue }
            for number in first...last {
                let day = CivilDay(number: number)
                if let range = offsets.range(of: day, from: exception.start, to: exception.end) { ranges.append(range) }
            }
        }
        return ranges
    }

    private static func second(_ instant: Date, _ rule: FloatingPointRoundingRule) -> Int {
        Int(instant.timeIntervalSince1970.rounded(rule))
    }
}
