import Foundation
import OpeningHours
import Scheduling
import SeededRandom

/// The parts of each weekday in which an invented salon's people can work.
struct DemoWeek {
    /// By weekday from Monday, in minutes after local midnight; a part may end on the next day.
    private let parts: [[Range<Int>]]

    private static let longestShift = 9 * 60

    /// Where the hours are unknown, or say nothing of the week, an ordinary week.
    init(_ hours: OpeningHours?, from day: CivilDay, _ streams: DemoStreams) {
        let known = hours.map { Self.parts(of: $0, in: day + -day.weekday) } ?? []
        if known.contains(where: { !$0.isEmpty }) {
            parts = known
        } else {
            var random = streams.stream(.hours, -1)
            let open = random.element([510, 540, 570, 600])
            let isOpenOnSaturday = random.index(2) == 0
            parts = (0..<7).map { weekday in
                if weekday < 5 { return [open..<(open + 510)] }
                return weekday == 5 && isOpenOnSaturday ? [540..<840] : []
            }
        }
    }

    /// What opening hours say of the week from a Monday on, as clocks show it; public holidays are days as any.
    private static func parts(of hours: OpeningHours, in monday: CivilDay) -> [[Range<Int>]] {
        let start = Date(timeIntervalSince1970: Double(monday.number) * 86_400)
        var parts: [[Range<Int>]] = Array(repeating: [], count: 7)
        for interval in hours.intervals(from: start, to: start + 8 * 86_400, in: .gmt, holidays: .none) {
            let first = Int(interval.start.timeIntervalSince(start) / 60)
            let last = Int(interval.end.timeIntervalSince(start) / 60)
            // A place that does not close for a day and more is open on each of the days by itself.
            for day in first / 1_440..<min(7, last - first > 1_440 ? (last + 1_439) / 1_440 : first / 1_440 + 1) {
                let midnight = day * 1_440
                let end = last - first > 1_440 ? min(last, midnight + 1_440) : last
                // To the steps in which free time is counted.
                let part = (max(first - midnight, 0) + 4) / 5 * 5..<max((end - midnight) / 5 * 5, 0)
                if part.count >= 60 { parts[day].append(part) }
            }
        }
        return parts
    }

    /// One person's weekly pattern: some of the days, a shift that a person can work, mostly a break at noon.
    func shifts(_ random: inout SplitMix64) -> [WorkingHours] {
        var days = parts.indices.filter { !parts[$0].isEmpty }
        let wanted = random.element([3, 4, 5, 5, 5, 6])
        while days.count > wanted { days.remove(at: random.index(days.count)) }
        let isEarly = random.index(2) == 0
        let hasBreak = random.index(4) > 0
        let noon = random.element([690, 720, 750])
        return days.flatMap { weekday in
            var shift = parts[weekday]
            if shift.count == 1 { shift = Self.shift(in: shift[0], isEarly: isEarly, breakAt: hasBreak ? noon : nil) }
            return shift.map { WorkingHours(weekday: weekday + 1, start: $0.lowerBound, end: $0.upperBound) }
        }
    }

    private static func shift(in part: Range<Int>, isEarly: Bool, breakAt noon: Int?) -> [Range<Int>] {
        var shift = part
        if part.count > longestShift {
            // Nobody begins before seven where a place is open all night.
            let first = part.lowerBound < 420 && part.upperBound >= 900 ? 420 : part.lowerBound
            let last = max(min(part.upperBound, part.upperBound == 1_440 ? 1_320 : part.upperBound), first + 60)
            shift =
                isEarly
                ? first..<min(first + longestShift, last) : max(first, last - longestShift)..<last
        }
        guard let noon, shift.count > 360, shift.lowerBound < noon - 60, shift.upperBound > noon + 90 else {
            return [shift]
        }
        return [shift.lowerBound..<noon, (noon + 30)..<shift.upperBound]
    }
}
