public import Foundation
public import OpeningHours

/// How often something comes again: at the same local time every week, or every few weeks.
public struct Recurrence: Sendable, Hashable {
    /// Weeks between two occurrences, 1 to 52.
    public let everyWeeks: Int
    /// Occurrences in all, 2 to ``maximumCount``.
    public let count: Int

    /// The most occurrences of a series: each takes locks until the whole series is booked.
    public static let maximumCount = 60

    /// Names a rhythm; nil outside the bounds.
    public init?(everyWeeks: Int, count: Int) {
        guard (1...52).contains(everyWeeks), (2...Self.maximumCount).contains(count) else { return nil }
        self.everyWeeks = everyWeeks
        self.count = count
    }

    /// Names a rhythm by the last local date on which something can begin, counted from the date of the first; nil
    /// outside the bounds, so also where a single occurrence would be all.
    public init?(everyWeeks: Int, from first: CivilDay, until last: CivilDay) {
        guard (1...52).contains(everyWeeks), first <= last else { return nil }
        self.init(everyWeeks: everyWeeks, count: (last.number - first.number) / (everyWeeks * 7) + 1)
    }

    /// When the occurrences begin, the first at `start`. A local time that does not exist is the instant right after
    /// the gap; of two instants with one local time it is the first.
    public func starts(from start: Date, in zone: TimeZone) -> [Date] {
        let clock = LocalClock(zone: zone)
        let second = Int(start.timeIntervalSince1970.rounded(.down))
        let rest = start.timeIntervalSince1970 - Double(second)
        let day = clock.day(at: second)
        let ofDay = second + clock.offset(at: second) - day.number * 86_400
        return (0..<count).map { number in
            guard number > 0 else { return start }
            let instant = clock.instant(
                day: day + number * everyWeeks * 7, minute: ofDay / 60, occurrence: .first)
            return Date(timeIntervalSince1970: Double(instant + ofDay % 60) + rest)
        }
    }
}
