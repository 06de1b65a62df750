import Foundation
public import OpeningHours
public import Salons
public import Scheduling
import SeededRandom

extension DemoCalendarGenerator {
    /// Bookings and absences of a salon's people for some days, within their working time and on the salon's steps.
    ///
    /// Each salon has a level of its own between 30 and 95 in 100; its people are booked to about that level in the
    /// first days, more on Fridays and Saturdays than early in the week, and less the further a day is away.
    /// - Parameters:
    ///   - roster: the salon's; not necessarily one of ``roster(for:from:)``.
    ///   - reference: what the salon's numbers are drawn from, besides the seed.
    ///   - day: the first local day, all of it, also what has passed of it.
    ///   - days: how many.
    public func diary(
        of roster: Roster, reference: SourceReference, from day: CivilDay, days: Int = 14
    ) -> DemoDiary {
        let streams = DemoStreams(seed: seed, reference: reference)
        let clock = LocalClock(zone: roster.zone)
        let midnights = (0...max(days, 0)).map { clock.instant(day: day + $0, minute: 0, occurrence: .first) }
        guard let first = midnights.first, let last = midnights.last, first < last else { return DemoDiary() }
        let working = roster.workingTimes(from: Self.date(first), to: Self.date(last))
        var level = streams.stream(.level)
        let fullness = 0.3 + 0.65 * level.fraction()
        var diary = DemoDiary()
        for (number, member) in roster.staff.enumerated() {
            let time = (working[member.id] ?? []).map { Self.second($0.lowerBound)..<Self.second($0.upperBound) }
            var absence = streams.stream(.absence, number, day: day.number)
            let away = Self.awayDays(of: days, &absence)
            if let away {
                let during = Self.date(midnights[away.lowerBound])..<Self.date(midnights[away.upperBound])
                diary.absences.append(
                    DemoDiary.Absence(staff: member.id, kind: .timeOff, during: during, label: nil))
            }
            let plan = DemoDayPlan(roster: roster, member: member, over: first..<last)
            for index in 0..<days where !(away?.contains(index) ?? false) {
                let today = midnights[index]..<midnights[index + 1]
                let parts = time.map { $0.clamped(to: today) }.filter { !$0.isEmpty }
                guard !parts.isEmpty else { continue }
                var random = streams.stream(.day, number, day: (day + index).number)
                let fill = fullness * Self.weight(weekday: (day + index).weekday, daysAhead: index)
                plan.fill(parts, to: min(max(fill, 0.02), 0.97), &random, into: &diary)
            }
        }
        return diary
    }

    /// Now and then somebody is away for one to five days.
    private static func awayDays(of days: Int, _ random: inout SplitMix64) -> Range<Int>? {
        let isAway = random.index(16) == 0
        let first = random.index(days)
        let last = min(first + 1 + random.index(5), days)
        return isAway ? first..<last : nil
    }

    /// Monday, Tuesday and Wednesday are quiet, Friday and Saturday are not; a fortnight ahead little is booked.
    private static func weight(weekday: Int, daysAhead: Int) -> Double {
        let week = [0.85, 0.85, 0.9, 1, 1.15, 1.15, 1][weekday]
        return week * max(0.15, 1 - 0.1 * Double(max(daysAhead - 1, 0)))
    }

    private static func date(_ second: Int) -> Date { Date(timeIntervalSince1970: Double(second)) }

    private static func second(_ date: Date) -> Int { Int(date.timeIntervalSince1970) }
}
