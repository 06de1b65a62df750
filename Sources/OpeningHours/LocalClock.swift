public import Foundation

/// Turns local times of one zone into instants, with only `TimeZone.secondsFromGMT` asked.
///
/// A local time that does not exist (the clock goes forward) is the instant right after the gap. One that occurs twice
/// is its first occurrence when a time begins, and its last when it ends, so that no open minute is lost. An end on the
/// very minute from which the clock repeats is the first: all minutes before it came once.
public struct LocalClock: Sendable {
    /// The zone of the local times.
    public let zone: TimeZone

    /// Which of two instants with one local time is meant.
    public enum Occurrence: Sendable {
        /// The earlier, where a time begins.
        case first
        /// The later.
        case last
        /// Where a time ends: the later, but the earlier of the local time from which the clock repeats.
        case end
    }

    /// A clock on a wall in this zone.
    public init(zone: TimeZone) {
        self.zone = zone
    }

    /// The local date at an instant in seconds since 1970.
    public func day(at instant: Int) -> CivilDay {
        let local = instant + offset(at: instant)
        return CivilDay(number: local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
    }

    /// Seconds since 1970 of a minute after the midnight that begins `day`; minutes past 1440 lie on later days.
    public func instant(day: CivilDay, minute: Int, occurrence: Occurrence) -> Int {
        let local = day.number * 86_400 + minute * 60
        let before = offset(at: local - 129_600)
        let after = offset(at: local + 129_600)
        guard before != after else { return local - before }
        let (early, late) = (local - before, local - after)
        let earlyIsReal = offset(at: early) == before
        let lateIsReal = offset(at: late) == after
        switch (earlyIsReal, lateIsReal) {
        case (true, true):
            let isStartOfRepetition = offset(at: max(early, late) - 1) == before
            return occurrence == .first || (occurrence == .end && isStartOfRepetition)
                ? min(early, late) : max(early, late)
        case (true, false): return early
        case (false, true): return late
        case (false, false): return change(between: min(early, late), and: max(early, late))
        }
    }

    /// The first second in (low, high] at which the offset is no longer that of `low`.
    private func change(between low: Int, and high: Int) -> Int {
        let before = offset(at: low)
        var (low, high) = (low, high)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == before { low = middle } else { high = middle }
        }
        return high
    }

    /// Seconds by which the local time is ahead of UTC.
    public func offset(at instant: Int) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant)))
    }
}
