/// A value that can be read from one cell of a result in binary format.
public protocol PostgresDecodable {
    /// Reads a cell; throws a ``PostgresError`` of kind `decoding` that names column, wanted type and found OID.
    init(postgres cell: Cell) throws(PostgresError)
}

/// One value of a result: its bytes in binary format, or NULL.
public struct Cell: Sendable {
    /// The column's name.
    public let column: String
    /// The column's type.
    public let type: TypeOID
    /// The value, or `nil` for NULL.
    public let bytes: ArraySlice<UInt8>?

    /// The bytes of a value that may not be NULL.
    func value(of wanted: Any.Type) throws(PostgresError) -> ArraySlice<UInt8> {
        guard let bytes else { throw mismatch(wanted, "NULL") }
        return bytes
    }

    /// The bytes of a value of one of the given types, not NULL.
    func value(of wanted: Any.Type, in types: TypeOID...) throws(PostgresError) -> ArraySlice<UInt8> {
        guard types.contains(type) else { throw mismatch(wanted) }
        return try value(of: wanted)
    }

    /// An integer of exactly the value's width.
    func integer<T: FixedWidthInteger>(_: T.Type, for wanted: Any.Type) throws(PostgresError) -> T {
        let bytes = try value(of: wanted)
        guard bytes.count == MemoryLayout<T>.size else { throw mismatch(wanted, "\(bytes.count) bytes") }
        return bytes.bigEndian(T.self, at: 0)
    }

    func mismatch(_ wanted: Any.Type, _ found: String = "value") -> PostgresError {
        PostgresError(
            .decoding, operation: "decode",
            message: "column \"\(column)\": wanted \(wanted), found \(found) of type OID \(type.rawValue)")
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// `nil` for NULL.
    public init(postgres cell: Cell) throws(PostgresError) {
        self = cell.bytes == nil ? nil : try Wrapped(postgres: cell)
    }
}

extension ArraySlice<UInt8> {
    /// An integer in network byte order, `offset` bytes from the start; the caller has checked the length.
    func bigEndian<T: FixedWidthInteger>(_: T.Type, at offset: Int) -> T {
        withUnsafeBytes { T(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self)) }
    }
}
