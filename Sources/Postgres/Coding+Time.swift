public import Foundation

/// Microseconds since 2000-01-01 00:00 UTC, the server's clock; its extremes are the infinities.
enum Timestamp {
    static let epoch = 946_684_800.0

    static func microseconds(_ date: Date) -> Int64 {
        let value = ((date.timeIntervalSince1970 - epoch) * 1_000_000).rounded()
        if value >= 9.2e18 { return .max }
        if value <= -9.2e18 { return .min }
        return value.isNaN ? .max : Int64(value)
    }

    static func date(_ microseconds: Int64) -> Date {
        switch microseconds {
        case .max: .distantFuture
        case .min: .distantPast
        default: Date(timeIntervalSince1970: Double(microseconds) / 1_000_000 + epoch)
        }
    }
}

extension Date: PostgresEncodable, PostgresDecodable {
    /// timestamptz.
    public static var postgresType: TypeOID { .timestamptz }
    /// timestamptz[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1185) }
    /// Rounded to the microsecond; `distantFuture` and `distantPast` become the infinities.
    public func encode(into buffer: inout [UInt8]) {
        let value =
            self == .distantFuture ? Int64.max : self == .distantPast ? Int64.min : Timestamp.microseconds(self)
        buffer.append(bigEndian: value)
    }
    /// From timestamptz; the infinities become `distantFuture` and `distantPast`.
    public init(postgres cell: Cell) throws(PostgresError) {
        guard cell.type == .timestamptz else { throw cell.mismatch(Date.self) }
        self = Timestamp.date(try cell.integer(Int64.self, for: Date.self))
    }
}

/// A range of instants, `tstzrange`.
public struct TimestampRange: Sendable, Hashable, PostgresEncodable, PostgresDecodable {
    /// One end of a range.
    public enum Bound: Sendable, Hashable {
        /// The instant belongs to the range.
        case inclusive(Date)
        /// The instant does not belong to the range.
        case exclusive(Date)
        /// There is no end on this side.
        case unbounded
    }

    /// The lower end.
    public let lower: Bound
    /// The upper end.
    public let upper: Bound
    /// Whether no instant is in the range; the ends mean nothing then.
    public let isEmpty: Bool

    /// A range between two ends.
    public init(lower: Bound, upper: Bound) { (self.lower, self.upper, isEmpty) = (lower, upper, false) }
    /// `[lower, upper)`, the usual form; empty if both are the same instant.
    public init(_ range: Range<Date>) {
        (lower, upper, isEmpty) =
            range.isEmpty
            ? (.unbounded, .unbounded, true) : (.inclusive(range.lowerBound), .exclusive(range.upperBound), false)
    }
    private init(empty: Void) { (lower, upper, isEmpty) = (.unbounded, .unbounded, true) }
    /// The range without an instant.
    public static let empty = TimestampRange(empty: ())

    /// tstzrange.
    public static var postgresType: TypeOID { .tstzrange }
    /// tstzrange[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 3911) }

    // rangetypes.h: 1 empty, 2 lower inclusive, 4 upper inclusive, 8 lower infinite, 16 upper infinite.
    /// A byte of flags, then the finite ends with their lengths.
    public func encode(into buffer: inout [UInt8]) {
        guard !isEmpty else { return buffer.append(1) }
        let start = buffer.count
        buffer.append(0)
        var flags: UInt8 = 0
        switch lower {
        case .inclusive(let date):
            flags |= 2
            date.encodeField(into: &buffer)
        case .exclusive(let date): date.encodeField(into: &buffer)
        case .unbounded: flags |= 8
        }
        switch upper {
        case .inclusive(let date):
            flags |= 4
            date.encodeField(into: &buffer)
        case .exclusive(let date): date.encodeField(into: &buffer)
        case .unbounded: flags |= 16
        }
        buffer[start] = flags
    }

    /// From tstzrange.
    public init(postgres cell: Cell) throws(PostgresError) {
        let bytes = try cell.value(of: TimestampRange.self, in: .tstzrange)
        guard let flags = bytes.first else { throw cell.mismatch(TimestampRange.self, "no bytes") }
        guard flags & 1 == 0 else {
            self.init(empty: ())
            return
        }
        let finite = (flags & 8 == 0 ? 1 : 0) + (flags & 16 == 0 ? 1 : 0)
        guard bytes.count == 1 + 12 * finite else { throw cell.mismatch(TimestampRange.self, "\(bytes.count) bytes") }
        var offset = 5
        func bound(infinite: UInt8, inclusive: UInt8) -> Bound {
            guard flags & infinite == 0 else { return .unbounded }
            let date = Timestamp.date(bytes.bigEndian(Int64.self, at: offset))
            offset += 12
            return flags & inclusive != 0 ? .inclusive(date) : .exclusive(date)
        }
        let lower = bound(infinite: 8, inclusive: 2)
        self.init(lower: lower, upper: bound(infinite: 16, inclusive: 4))
    }
}
