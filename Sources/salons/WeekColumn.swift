import Foundation
import OpeningHours

/// One day of a week's picture, cut into half hours.
struct WeekColumn {
    /// A half hour by the clock on the wall.
    struct Key: Hashable {
        /// Minutes after midnight that the clock shows.
        var minute: Int
        /// How often it has shown them before on this day.
        var occurrence: Int
    }

    /// What is in a half hour.
    struct Cell: Equatable {
        var state: WeekPicture.State
        /// The time on the clock when something begins in it.
        var start: String?
    }

    let day: CivilDay
    /// In the order of the day.
    let keys: [Key]
    private let cells: [Key: Cell]

    private static let length: TimeInterval = 1_800

    init(day: CivilDay, zone: TimeZone, working: [Range<Date>], entries: [WeekPicture.Entry]) {
        self.day = day
        let time = LocalTime(zone: zone, now: Date(timeIntervalSince1970: 0))
        let clock = LocalClock(zone: zone)
        let end = time.midnight(day + 1)
        var begin = time.midnight(day)
        var keys: [Key] = []
        var cells: [Key: Cell] = [:]
        while begin < end {
            let second = Int(begin.timeIntervalSince1970)
            let minute = (second + clock.offset(at: second) - day.number * 86_400) / 60
            let key = Key(minute: minute, occurrence: keys.count { $0.minute == minute })
            keys.append(key)
            cells[key] = Self.cell(begin..<min(begin + Self.length, end), working, entries, time)
            begin += Self.length
        }
        (self.keys, self.cells) = (keys, cells)
    }

    /// What is in a half hour; nil where the day has no such time. The second time of an hour that other days have once
    /// is not theirs either, and nobody works in it.
    subscript(key: Key) -> Cell? { cells[key] ?? (key.occurrence > 0 ? Cell(state: .off) : nil) }

    private static func cell(
        _ span: Range<Date>, _ working: [Range<Date>], _ entries: [WeekPicture.Entry], _ time: LocalTime
    ) -> Cell {
        var taken: [WeekPicture.State: TimeInterval] = [:]
        var busy: TimeInterval = 0
        for entry in entries where entry.during.overlaps(span) {
            let part = entry.during.clamped(to: span)
            let seconds = part.upperBound.timeIntervalSince(part.lowerBound)
            taken[entry.state, default: 0] += seconds
            busy += seconds
        }
        let worked = working.reduce(0) { sum, range in
            let part = range.clamped(to: span)
            return sum + (range.overlaps(span) ? part.upperBound.timeIntervalSince(part.lowerBound) : 0)
        }
        // What takes time outside of working hours, such as a booking from before these changed, is no working time.
        taken[.free] = max(0, worked - busy)
        taken[.off] = max(0, span.upperBound.timeIntervalSince(span.lowerBound) - max(worked, busy))
        let starting = entries.filter { span.contains($0.during.lowerBound) && $0.state != .timeOff }
            .min { $0.during.lowerBound < $1.during.lowerBound }
        // However short it is, what begins here is shown.
        if let starting { return Cell(state: starting.state, start: time.clockText(starting.during.lowerBound)) }
        let most = taken.max { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }
        return Cell(state: most?.key ?? .off, start: nil)
    }
}
