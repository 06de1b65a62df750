/// A value that can be bound to a placeholder or written by COPY, in PostgreSQL's binary format.
public protocol PostgresEncodable: Sendable {
    /// The type the placeholder is declared with.
    static var postgresType: TypeOID { get }
    /// The type of an array of these.
    static var postgresArrayType: TypeOID { get }
    /// The type's name to cast the placeholder to, where the bound type is only a carrier; else `nil`.
    static var postgresCast: String? { get }
    /// Whether the value stands for NULL; then nothing is encoded.
    var isPostgresNull: Bool { get }
    /// Appends the binary form, without its length.
    func encode(into buffer: inout [UInt8])
}

extension PostgresEncodable {
    /// No cast.
    public static var postgresCast: String? { nil }
    /// Never NULL.
    public var isPostgresNull: Bool { false }

    /// Appends the length, then the binary form, as COPY and arrays want it.
    func encodeField(into buffer: inout [UInt8]) {
        guard !isPostgresNull else { return buffer.append(bigEndian: Int32(-1)) }
        let start = buffer.count
        buffer.append(bigEndian: Int32(0))
        encode(into: &buffer)
        buffer.replace(bigEndian: Int32(buffer.count - start - 4), at: start)
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The wrapped value's.
    public static var postgresType: TypeOID { Wrapped.postgresType }
    /// The wrapped value's.
    public static var postgresArrayType: TypeOID { Wrapped.postgresArrayType }
    /// The wrapped value's.
    public static var postgresCast: String? { Wrapped.postgresCast }
    /// Whether it is `nil`.
    public var isPostgresNull: Bool { self?.isPostgresNull ?? true }
    /// The wrapped value's form.
    public func encode(into buffer: inout [UInt8]) { self?.encode(into: &buffer) }
}

extension [UInt8] {
    /// Appends an integer in network byte order.
    @inline(__always)
    mutating func append<T: FixedWidthInteger>(bigEndian value: T) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Overwrites an integer in network byte order.
    @inline(__always)
    mutating func replace<T: FixedWidthInteger>(bigEndian value: T, at offset: Int) {
        withUnsafeMutableBytes { $0.storeBytes(of: value.bigEndian, toByteOffset: offset, as: T.self) }
    }
}
