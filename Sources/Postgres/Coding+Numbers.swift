extension Bool: PostgresEncodable, PostgresDecodable {
    /// bool.
    public static var postgresType: TypeOID { .bool }
    /// bool[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1000) }
    /// One byte.
    public func encode(into buffer: inout [UInt8]) { buffer.append(self ? 1 : 0) }
    /// From bool.
    public init(postgres cell: Cell) throws(PostgresError) {
        self = try cell.value(of: Bool.self, in: .bool).first == 1
    }
}

extension PostgresDecodable where Self: FixedWidthInteger {
    /// From int2, int4, int8 or oid, if the value fits.
    public init(postgres cell: Cell) throws(PostgresError) {
        let wide: Int64
        switch cell.type {
        case .int2: wide = Int64(try cell.integer(Int16.self, for: Self.self))
        case .int4: wide = Int64(try cell.integer(Int32.self, for: Self.self))
        case .oid: wide = Int64(try cell.integer(UInt32.self, for: Self.self))
        case .int8: wide = try cell.integer(Int64.self, for: Self.self)
        default: throw cell.mismatch(Self.self)
        }
        guard let value = Self(exactly: wide) else { throw cell.mismatch(Self.self, "a number out of range") }
        self = value
    }
}

extension PostgresEncodable where Self: FixedWidthInteger {
    /// Network byte order, the integer's own width.
    public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: self) }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    /// int2.
    public static var postgresType: TypeOID { .int2 }
    /// int2[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1005) }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    /// int4.
    public static var postgresType: TypeOID { .int4 }
    /// int4[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1007) }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    /// int8.
    public static var postgresType: TypeOID { .int8 }
    /// int8[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1016) }
}

extension Int: PostgresEncodable, PostgresDecodable {
    /// int8.
    public static var postgresType: TypeOID { .int8 }
    /// int8[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1016) }
}

extension PostgresDecodable where Self: BinaryFloatingPoint {
    /// From float4 or float8; an exact number needs a cast in the query.
    public init(postgres cell: Cell) throws(PostgresError) {
        switch cell.type {
        case .float4: self = Self(Float(bitPattern: try cell.integer(UInt32.self, for: Self.self)))
        case .float8: self = Self(Double(bitPattern: try cell.integer(UInt64.self, for: Self.self)))
        case .numeric: throw cell.mismatch(Self.self, "numeric (cast it to float8 in the query)")
        default: throw cell.mismatch(Self.self)
        }
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    /// float8.
    public static var postgresType: TypeOID { .float8 }
    /// float8[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1022) }
    /// IEEE 754.
    public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: bitPattern) }
}

extension Float: PostgresEncodable, PostgresDecodable {
    /// float4.
    public static var postgresType: TypeOID { .float4 }
    /// float4[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1021) }
    /// IEEE 754.
    public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: bitPattern) }
}

/// A transaction's 64-bit number (`xid8`), which never wraps.
public struct TransactionID: RawRepresentable, Sendable, Hashable, Comparable, PostgresEncodable, PostgresDecodable {
    /// The number.
    public let rawValue: UInt64
    /// A number as `pg_current_xact_id()` gives it.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Older first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    /// xid8.
    public static var postgresType: TypeOID { .xid8 }
    /// xid8[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 271) }
    /// Eight bytes.
    public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: rawValue) }
    /// From xid8.
    public init(postgres cell: Cell) throws(PostgresError) {
        guard cell.type == .xid8 else { throw cell.mismatch(Self.self) }
        rawValue = try cell.integer(UInt64.self, for: Self.self)
    }
}

/// A position in the write-ahead log (`pg_lsn`).
public struct LogPosition: RawRepresentable, Sendable, Hashable, Comparable, PostgresEncodable, PostgresDecodable {
    /// Bytes from the start of the log.
    public let rawValue: UInt64
    /// A position in bytes.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Earlier first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    /// pg_lsn.
    public static var postgresType: TypeOID { .lsn }
    /// pg_lsn[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 3221) }
    /// Eight bytes.
    public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: rawValue) }
    /// From pg_lsn.
    public init(postgres cell: Cell) throws(PostgresError) {
        guard cell.type == .lsn else { throw cell.mismatch(Self.self) }
        rawValue = try cell.integer(UInt64.self, for: Self.self)
    }
}
