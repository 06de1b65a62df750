/// A span of local times, in minutes after the midnight that begins its day; it ends past 1440 on the next day.
struct TimeSpan: Sendable, Hashable, CustomStringConvertible {
    let start: Int
    /// Above `start`, at most 2 × 1440. Equal to `start` for `17:00+`, whose end is not said.
    let end: Int
    /// `17:00+` or `14:00-17:00+`: from `end` on the state is unknown.
    let hasOpenEnd: Bool

    /// Where the unknown part after an open end stops, as the documentation of opening_hours.js sets it: midnight when
    /// it begins before 17:00, 10 hours later when before 22:00, else 8 hours later.
    var unknownEnd: Int {
        let clock = end % 1440
        if clock < 17 * 60 { return end - clock + 1440 }
        return end + (clock < 22 * 60 ? 10 : 8) * 60
    }

    var description: String {
        let plus = hasOpenEnd ? "+" : ""
        return start == end
            ? "\(Self.clock(start))\(plus)" : "\(Self.clock(start))-\(Self.clock(end))\(plus)"
    }

    private static func clock(_ minute: Int) -> String {
        let (hours, minutes) = minute.quotientAndRemainder(dividingBy: 60)
        return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }
}
