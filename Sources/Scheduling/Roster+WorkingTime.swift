public import Foundation
import OpeningHours

extension Roster {
    /// When a member works between two instants, merged, in order, and clipped to them.
    ///
    /// Layers, of which each later one wins: the weekly pattern within what the opening hours do not close, without
    /// the days that are or may be public holidays of which the opening hours say nothing where the salon is closed on
    /// those; the salon's dated closings; its dated openings, on which everyone works; the member's own closings; the
    /// member's own openings.
    ///
    /// Opening hours that leave a time open (`"by appointment"`, `10:00+`) and such as are not understood leave it to
    /// the pattern; stated times bound it also where a comment stands behind them. Where a rule about public holidays
    /// decides and whether a day is one is not known, only what holds either way is work.
    ///
    /// A part of a pattern that goes on past midnight belongs to the day on which it begins, so that the holiday which
    /// follows does not cut it off. A local time that a clock change skips is the instant right after the gap; of a
    /// time that comes twice, a part begins at the first and ends at the last, but at the first of the very minute from
    /// which the clock repeats.
    public func workingTime(of member: StaffMember, from start: Date, to end: Date) -> [Range<Date>] {
        guard start < end, isZoneKnown else { return [] }
        return WorkingTime(self, from: start, to: end).of(member)
    }

    /// When everyone works between two instants, as ``workingTime(of:from:to:)`` says of one; cheaper than one by one.
    public func workingTimes(from start: Date, to end: Date) -> [StaffID: [Range<Date>]] {
        guard start < end else { return [:] }
        guard isZoneKnown else { return Dictionary(staff.map { ($0.id, []) }) { first, _ in first } }
        let time = WorkingTime(self, from: start, to: end)
        return Dictionary(staff.map { ($0.id, time.of($0)) }) { first, _ in first }
    }

    /// Whether somebody would work between two instants if no day that may be a public holiday were one: then nothing
    /// is offered because the holidays are not known.
    public func isClosedForPossibleHoliday(from start: Date, to end: Date) -> Bool {
        let hasRule = openingHours?.hasHolidayRule == true
        guard start < end, isZoneKnown, isClosedOnHolidays || hasRule else { return false }
        // A part of a day goes on into the next.
        let days = (CivilDay(of: start, in: zone).number - 2)...(CivilDay(of: end, in: zone).number + 1)
        guard hasRule || days.contains(where: { holidays.certainty(of: CivilDay(number: $0)) == .possible }) else {
            return false
        }
        let known = WorkingTime(self, from: start, to: end)
        let other = WorkingTime(self, from: start, to: end, calendar: holidays.withoutPossible)
        return staff.contains { known.of($0) != other.of($0) }
    }

    /// When people are free over whole UTC days.
    /// - Parameter busy: by person, what takes their time anywhere.
    public func freeTime(busy: [StaffID: [Range<Date>]], from day: UTCDay, days: Int) -> [StaffID: StepBits] {
        workingTimes(from: day.start, to: day.advanced(by: days).start).reduce(into: [:]) { free, entry in
            free[entry.key] = StepBits(working: entry.value, busy: busy[entry.key] ?? [], from: day, days: days)
        }
    }

    /// The UTC days whose free time decides whether one of these services can start in a window: the first, and how
    /// many.
    public func sheetDays(
        forStartsIn window: Range<Date>, of services: some Sequence<SalonService>
    ) -> (first: UTCDay, count: Int) {
        var (before, after) = (0, 0)
        for service in services {
            let longest = staff.compactMap { $0.skills[service.id]?.duration }.reduce(service.duration, max)
            before = max(before, service.bufferBefore)
            after = max(after, longest + service.bufferAfter)
        }
        let first = UTCDay(of: window.lowerBound - Double(before * 60))
        let last = UTCDay(of: window.upperBound + Double(after * 60))
        return (first, last.number - first.number + 1)
    }
}
