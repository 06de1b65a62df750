import Foundation

/// RFC 3339 in UTC without a formatter: an answer's `as_of` is written for every request.
enum InstantText {
    /// Such as `2026-11-22T16:05:03.120Z`.
    static func milliseconds(_ date: Date) -> String {
        let total = Int(
            (date.timeIntervalSinceReferenceDate * 1_000 + Date.timeIntervalBetween1970AndReferenceDate * 1_000)
                .rounded(.down))
        let (second, millisecond) = floorDivide(total, 1_000)
        let (day, secondOfDay) = floorDivide(second, 86_400)
        let (year, month, dayOfMonth) = civil(day)
        let parts =
            [
                (year, 4, "-"), (month, 2, "-"), (dayOfMonth, 2, "T"), (secondOfDay / 3_600, 2, ":"),
                (secondOfDay / 60 % 60, 2, ":"), (secondOfDay % 60, 2, "."), (millisecond, 3, "Z"),
            ] as [(Int, Int, Unicode.Scalar)]
        return String(unsafeUninitializedCapacity: 32) { text in
            var end = 0
            for (value, width, separator) in parts {
                var rest = value
                for place in stride(from: end + width - 1, through: end, by: -1) {
                    text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                text[end + width] = UInt8(ascii: separator)
                end += width + 1
            }
            return end
        }
    }

    /// A local time with its offset, such as `2026-11-22T16:30:00+01:00`.
    static func local(_ date: Date, offset: Int) -> String {
        let total = Int(date.timeIntervalSince1970.rounded(.down)) + offset
        let (day, secondOfDay) = floorDivide(total, 86_400)
        let (year, month, dayOfMonth) = civil(day)
        let away = abs(offset) / 60
        let parts =
            [
                (year, 4, "-"), (month, 2, "-"), (dayOfMonth, 2, "T"), (secondOfDay / 3_600, 2, ":"),
                (secondOfDay / 60 % 60, 2, ":"), (secondOfDay % 60, 2, offset < 0 ? "-" : "+"), (away / 60, 2, ":"),
                (away % 60, 2, " "),
            ] as [(Int, Int, Unicode.Scalar)]
        return String(unsafeUninitializedCapacity: 32) { text in
            var end = 0
            for (value, width, separator) in parts {
                var rest = value
                for place in stride(from: end + width - 1, through: end, by: -1) {
                    text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                text[end + width] = UInt8(ascii: separator)
                end += width + 1
            }
            return end - 1
        }
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// The civil date of a number of days since 1970, Gregorian. Source: Howard Hinnant, "chrono-Compatible Low-Level
    /// Date Algorithms".
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let (era, dayOfEra) = floorDivide(shifted, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
