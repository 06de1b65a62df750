public import Foundation

/// RFC 3339 instants with an offset, strictly: `2026-11-22T16:30:00+01:00`, up to six decimals of a second.
///
/// Nothing is carried over: a second 60 is refused, though RFC 3339 knows leap seconds, because the time that it would
/// become was not asked for. Nor is anything rounded: so decimals beyond the microsecond, which decide nothing, are
/// refused.
public enum Timestamp {
    /// Why a text is no instant.
    public enum Fault: Error, Equatable {
        /// It is not written as RFC 3339, or has no offset.
        case format
        /// The month has no such day, or the year no such month.
        case noSuchDay
        /// No clock shows this time.
        case noSuchTime
        /// No clock is so far from UTC.
        case noSuchOffset
        /// It is more precise than a microsecond.
        case tooPrecise
        /// It lies outside of the years 1 to 9999, or within a day of their ends.
        case tooFar
    }

    /// The seconds since 1970 between which every local time has a year of four digits.
    private static let seconds = daysSince1970(1, 1, 2) * 86_400..<daysSince1970(9999, 12, 31) * 86_400

    /// The instant that a text names.
    public static func read(_ text: String) throws(Fault) -> Date {
        var fields = Fields(bytes: Array(text.utf8))
        guard fields.bytes.count <= 64 else { throw .format }
        let year = try fields.number(4, then: "-")
        let month = try fields.number(2, then: "-")
        let day = try fields.number(2, then: "T")
        let hour = try fields.number(2, then: ":")
        let minute = try fields.number(2, then: ":")
        let second = try fields.number(2, then: nil)
        let microsecond = try fields.microseconds()
        let offset = try fields.offset()
        guard (1...12).contains(month), day >= 1, day <= days(in: month, of: year) else { throw .noSuchDay }
        guard hour < 24, minute < 60, second < 60 else { throw .noSuchTime }
        let whole = daysSince1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        guard year >= 1, seconds.contains(whole) else { throw .tooFar }
        return Date(timeIntervalSince1970: Double(whole) + Double(microsecond) / 1e6)
    }

    /// Takes the fields one after the other.
    private struct Fields {
        let bytes: [UInt8]
        var index = 0

        private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

        private mutating func digit() -> Int? {
            guard let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            index += 1
            return Int(byte - UInt8(ascii: "0"))
        }

        /// A number of so many digits, and the character after it; letters may be small.
        mutating func number(_ count: Int, then separator: Unicode.Scalar?) throws(Fault) -> Int {
            var value = 0
            for _ in 0..<count {
                guard let digit = digit() else { throw .format }
                value = value * 10 + digit
            }
            guard let separator else { return value }
            let expected = UInt8(ascii: separator)
            let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(expected)
            guard let byte = current, byte == expected || (isLetter && byte == expected | 0x20) else { throw .format }
            index += 1
            return value
        }

        mutating func microseconds() throws(Fault) -> Int {
            guard current == UInt8(ascii: ".") else { return 0 }
            index += 1
            var value = 0
            var count = 0
            while let digit = digit() {
                count += 1
                guard count <= 6 || digit == 0 else { throw .tooPrecise }
                if count <= 6 { value = value * 10 + digit }
            }
            guard count > 0 else { throw .format }
            for _ in min(count, 6)..<6 { value *= 10 }
            return value
        }

        /// Seconds ahead of UTC; nothing may follow.
        mutating func offset() throws(Fault) -> Int {
            guard let sign = current else { throw .format }
            index += 1
            if sign | 0x20 == UInt8(ascii: "z") {
                guard index == bytes.count else { throw .format }
                return 0
            }
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { throw .format }
            let hours = try number(2, then: ":")
            let minutes = try number(2, then: nil)
            guard index == bytes.count else { throw .format }
            guard hours < 24, minutes < 60 else { throw .noSuchOffset }
            return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -60 : 60)
        }
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days from the civil date, Gregorian. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Timestamp.Fault: CustomStringConvertible {
    /// What is wrong, as a sentence after the name of the member.
    public var description: String {
        switch self {
        case .format: "must be RFC 3339 with an offset, such as 2026-11-24T17:00:00+01:00"
        case .noSuchDay: "names a day that is in no calendar"
        case .noSuchTime: "names a time that no clock shows: hours end at 23, minutes and seconds at 59"
        case .noSuchOffset: "has an offset from UTC that is no time of day"
        case .tooPrecise: "is more precise than a microsecond; give at most six decimals"
        case .tooFar: "must lie in the years 1 to 9999, a day from their ends"
        }
    }

    /// The same for a parameter of a query, in which a `+` means a space.
    var inQuery: String { self == .format ? "\(self) (write + as %2B)" : description }
}
