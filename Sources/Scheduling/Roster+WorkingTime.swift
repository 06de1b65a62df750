public import Foundation
import OpeningHours

extension Roster {
    /// When a member works between two instants, merged, in order, and clipped to them.
    ///
    /// Layers, of which each later one wins: the weekly pattern within the opening hours, without public holidays of
    /// which the opening hours say nothing where the salon is closed on those; the salon's dated closings; its dated
    /// openings, on which everyone works; the member's own closings; the member's own openings.
    public func workingTime(of member: StaffMember, from start: Date, to end: Date) -> [Range<Date>] {
        guard start < end else { return [] }
        let clock = LocalClock(zone: zone)
        let window = Self.second(start, .down)..<Self.second(end, .up)
        // A part of a day reaches at most two days on.
        let days = (clock.day(at: window.lowerBound).number - 2)...clock.day(at: window.upperBound).number

        var pattern = TimeRanges(patterns(of: member, days: days, clock: clock))
        if let openingHours, openingHours.isUnderstood {
            let first = Date(timeIntervalSince1970: Double(window.lowerBound))
            let last = Date(timeIntervalSince1970: Double(window.upperBound))
            let open = openingHours.intervals(from: first, to: last, in: zone, holidays: holidays)
            pattern = pattern.intersection(
                TimeRanges(open.map { Self.second($0.start, .down)..<Self.second($0.end, .up) }))
        }
        func dated(_ kind: ScheduleException.Kind, _ staff: StaffID?) -> [Range<Int>] {
            exceptions.filter { $0.kind == kind && $0.staff == staff }.flatMap { exception in
                let range = days.clamped(
                    to: exception.first.number...max(exception.first.number, exception.last.number))
                return range.compactMap { number -> Range<Int>? in
                    guard (exception.first.number...exception.last.number).contains(number) else { return nil }
                    return clock.range(of: CivilDay(number: number), from: exception.start, to: exception.end)
                }
            }
        }
        return
            pattern
            .subtracting(dated(.closed, nil)).union(dated(.open, nil))
            .subtracting(dated(.closed, member.id)).union(dated(.open, member.id))
            .intersection(TimeRanges([window])).ranges
            .map { range in
                max(
                    Date(timeIntervalSince1970: Double(range.lowerBound)), start)..<min(
                        Date(timeIntervalSince1970: Double(range.upperBound)), end)
            }
    }

    private func patterns(of member: StaffMember, days: ClosedRange<Int>, clock: LocalClock) -> [Range<Int>] {
        let skipsHolidays = isClosedOnHolidays && !(openingHours?.saysPublicHolidays ?? false)
        var ranges: [Range<Int>] = []
        for number in days {
            let day = CivilDay(number: number)
            let (year, month, dayOfMonth) = day.date
            if skipsHolidays, holidays.isHoliday(year: year, month: month, day: dayOfMonth) { continue }
            for part in member.hours where part.weekday == day.weekday + 1 {
                if let from = part.validFrom, day < from { continue }
                if let to = part.validTo, to < day { continue }
                if let range = clock.range(of: day, from: part.start, to: part.end) { ranges.append(range) }
            }
        }
        return ranges
    }

    private static func second(_ instant: Date, _ rule: FloatingPointRoundingRule) -> Int {
        Int(instant.timeIntervalSince1970.rounded(rule))
    }
}

extension LocalClock {
    /// A part of a local day; nil where a clock change swallows all of it.
    fileprivate func range(of day: CivilDay, from start: Int, to end: Int) -> Range<Int>? {
        let first = instant(day: day, minute: start, occurrence: .first)
        let last = instant(day: day, minute: end, occurrence: .last)
        return first < last ? first..<last : nil
    }
}

extension OpeningHours {
    /// Whether some rule is about public holidays.
    fileprivate var saysPublicHolidays: Bool {
        isUnderstood && text.uppercased().split { !$0.isLetter }.contains("PH")
    }
}
