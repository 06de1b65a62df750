import Foundation
import OpeningHours

/// A zone's offsets over a stretch of time, found once, so that what follows asks the zone no more.
///
/// The zone is asked every six hours and the change between two different answers sought by halving: no zone of the tz
/// database has two changes within six hours.
struct ZoneOffsets {
    struct Stretch {
        /// Since 1970, half open.
        let seconds: Range<Int>
        /// By which the local time is ahead of UTC.
        let offset: Int
    }

    private static let sampling = 21_600

    let clock: LocalClock
    /// Without gaps, in order; neighbours differ in their offset.
    let stretches: [Stretch]

    init(zone: TimeZone, over window: Range<Int>) {
        clock = LocalClock(zone: zone)
        var found: [Stretch] = []
        var begin = window.lowerBound
        var last = window.lowerBound
        var offset = clock.offset(at: last)
        while last < window.upperBound {
            let next = min(last + Self.sampling, window.upperBound)
            let then = clock.offset(at: next)
            if then != offset {
                var (low, high) = (last, next)
                while high - low > 1 {
                    let middle = low + (high - low) / 2
                    if clock.offset(at: middle) == offset { low = middle } else { high = middle }
                }
                if high < window.upperBound {
                    found.append(Stretch(seconds: begin..<high, offset: offset))
                    (begin, offset) = (high, then)
                }
            }
            last = next
        }
        if begin < window.upperBound { found.append(Stretch(seconds: begin..<window.upperBound, offset: offset)) }
        stretches = found
    }

    /// A part of a local day, whose midnight lies at least two days within the window; nil where a clock change
    /// swallows all of it.
    func range(of day: CivilDay, from start: Int, to end: Int) -> Range<Int>? {
        let first: Int
        let last: Int
        if stretches.count == 1 {
            let midnight = day.number * 86_400 - stretches[0].offset
            (first, last) = (midnight + start * 60, midnight + end * 60)
        } else {
            first = clock.instant(day: day, minute: start, occurrence: .first)
            last = clock.instant(day: day, minute: end, occurrence: .end)
        }
        return first < last ? first..<last : nil
    }
}
