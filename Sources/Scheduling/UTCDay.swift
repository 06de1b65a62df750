public import Foundation

/// One day of UTC: the part of time that one sheet covers, whatever the zone of the salon.
public struct UTCDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int

    /// The day with this number.
    public init(_ number: Int) {
        self.number = number
    }

    /// The day of an instant.
    public init(of instant: Date) {
        number = Int((instant.timeIntervalSince1970 / 86_400).rounded(.down))
    }

    /// Its first instant.
    public var start: Date { Date(timeIntervalSince1970: Double(number) * 86_400) }
    /// The first instant after it.
    public var end: Date { Date(timeIntervalSince1970: Double(number + 1) * 86_400) }

    /// The day `count` days later.
    public func advanced(by count: Int) -> UTCDay { UTCDay(number + count) }

    /// Earlier.
    public static func < (left: UTCDay, right: UTCDay) -> Bool { left.number < right.number }

    /// The number, as it stands in a key.
    public var description: String { String(number) }
}
