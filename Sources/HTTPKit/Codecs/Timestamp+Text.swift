public import Foundation

extension Timestamp {
    /// The instant in a zone's local time with its offset, whole seconds: `2026-11-22T16:30:00+01:00`.
    public static func text(_ instant: Date, in zone: TimeZone) -> String {
        let offset = zone.secondsFromGMT(for: instant)
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + offset
        // RFC 3339 knows offsets of whole minutes; all zones have had such for longer than there were salons.
        let minutes = abs(offset) / 60
        return "\(civil(seconds))\(offset < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// The instant in UTC, whole seconds: `2026-11-22T15:30:00Z`.
    public static func utc(_ instant: Date) -> String { "\(civil(Int(instant.timeIntervalSince1970.rounded(.down))))Z" }

    /// The instant in UTC with milliseconds: `2026-11-22T16:05:03.120Z`.
    public static func milliseconds(_ instant: Date) -> String {
        let total = Int((instant.timeIntervalSince1970 * 1_000).rounded(.down))
        let rest = String((total % 1_000 + 1_000) % 1_000)
        let padding = String(repeating: "0", count: 3 - rest.count)
        return "\(civil((total - (total % 1_000 + 1_000) % 1_000) / 1_000)).\(padding)\(rest)Z"
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". For years from 1 on.
    private static func civil(_ seconds: Int) -> String {
        let secondOfDay = (seconds % 86_400 + 86_400) % 86_400
        let shifted = (seconds - secondOfDay) / 86_400 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = String(yearOfEra + era * 400 + (month <= 2 ? 1 : 0))
        let padding = String(repeating: "0", count: max(0, 4 - year.count))
        return "\(padding)\(year)-\(two(month))-\(two(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))"
            + "T\(two(secondOfDay / 3_600)):\(two(secondOfDay / 60 % 60)):\(two(secondOfDay % 60))"
    }
}
