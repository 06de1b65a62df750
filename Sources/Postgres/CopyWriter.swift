import CPostgres

/// Collects the rows of a binary COPY and sends them in pieces of about 64 KB.
public struct CopyWriter: ~Copyable {
    private let raw: OpaquePointer
    private var buffer: [UInt8] = []
    private var fields: Int16 = 0
    private static let flushSize = 1 << 16

    init(_ raw: OpaquePointer) {
        self.raw = raw
        buffer.reserveCapacity(Self.flushSize * 2)
        // Signature, flags and length of the header's extension (COPY, "Binary Format").
        buffer += Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    }

    /// Writes one row, whose fields the body writes in the order of the columns.
    public mutating func row(_ fields: (inout CopyWriter) throws -> Void) throws {
        let start = buffer.count
        buffer.append(bigEndian: Int16(0))
        self.fields = 0
        try fields(&self)
        buffer.replace(bigEndian: self.fields, at: start)
        if buffer.count >= Self.flushSize { try flush() }
    }

    /// Writes one field; its type must be the column's own, as binary COPY converts nothing: int4 wants `Int32`.
    public mutating func write<T: PostgresEncodable>(_ value: T) {
        fields += 1
        value.encodeField(into: &buffer)
    }

    /// Writes NULL.
    public mutating func writeNull() {
        fields += 1
        buffer.append(bigEndian: Int32(-1))
    }

    mutating func finish() throws(PostgresError) {
        buffer.append(bigEndian: Int16(-1))
        try flush()
    }

    private mutating func flush() throws(PostgresError) {
        let sent = buffer.withUnsafeBytes {
            PQputCopyData(raw, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
        }
        guard sent == 1 else {
            throw PostgresError(.connectionLost, operation: "copyIn", message: String(cString: PQerrorMessage(raw)))
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
