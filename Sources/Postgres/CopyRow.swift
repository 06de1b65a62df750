public import Foundation

/// One row of a binary COPY, valid within the body it is lent to; reading a field allocates nothing.
public struct CopyRow: ~Copyable {
    let bytes: UnsafeRawBufferPointer
    let fields: UnsafeBufferPointer<(start: Int32, count: Int32)>

    /// How many fields the row has.
    public var count: Int { fields.count }

    /// Whether a field is NULL.
    @inline(__always)
    public func isNull(_ field: Int) -> Bool { fields[field].count < 0 }

    /// Lends a field's bytes, `nil` for NULL; they may not leave the body.
    @inline(__always)
    public func withField<R, E: Error>(_ field: Int, _ body: (UnsafeRawBufferPointer?) throws(E) -> R) throws(E) -> R {
        let (start, count) = fields[field]
        guard count >= 0 else { return try body(nil) }
        return try body(UnsafeRawBufferPointer(rebasing: bytes[Int(start)..<Int(start) + Int(count)]))
    }

    /// An int8 field.
    public func int64(_ field: Int) throws(PostgresError) -> Int64 { Int64(bigEndian: try load(field)) }
    /// An int4 field.
    public func int32(_ field: Int) throws(PostgresError) -> Int32 { Int32(bigEndian: try load(field)) }
    /// An int2 field.
    public func int16(_ field: Int) throws(PostgresError) -> Int16 { Int16(bigEndian: try load(field)) }
    /// A float8 field.
    public func double(_ field: Int) throws(PostgresError) -> Double {
        Double(bitPattern: UInt64(bigEndian: try load(field)))
    }
    /// A float4 field.
    public func float(_ field: Int) throws(PostgresError) -> Float {
        Float(bitPattern: UInt32(bigEndian: try load(field)))
    }
    /// A bool field.
    public func bool(_ field: Int) throws(PostgresError) -> Bool {
        let byte: UInt8 = try load(field)
        return byte != 0
    }
    /// A uuid field.
    public func uuid(_ field: Int) throws(PostgresError) -> UUID { UUID(uuid: try load(field)) }
    /// A timestamptz field.
    public func date(_ field: Int) throws(PostgresError) -> Date { Timestamp.date(try int64(field)) }
    /// A text field; this one allocates.
    public func string(_ field: Int) throws(PostgresError) -> String {
        let text = withField(field) { bytes in bytes.map { String(decoding: $0, as: UTF8.self) } }
        guard let text else { throw mismatch(field, String.self) }
        return text
    }

    @inline(__always)
    private func load<T: BitwiseCopyable>(_ field: Int) throws(PostgresError) -> T {
        let (start, count) = fields[field]
        guard Int(count) == MemoryLayout<T>.size else { throw mismatch(field, T.self) }
        return bytes.loadUnaligned(fromByteOffset: Int(start), as: T.self)
    }

    private func mismatch(_ field: Int, _ wanted: Any.Type) -> PostgresError {
        let count = fields[field].count
        let found = count < 0 ? "NULL" : "\(count) bytes"
        return PostgresError(
            .decoding, operation: "copyOut", message: "field \(field): wanted \(wanted), found \(found)")
    }
}
