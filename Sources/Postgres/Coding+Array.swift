extension Array: PostgresEncodable where Element: PostgresEncodable {
    /// The element's array type.
    public static var postgresType: TypeOID { Element.postgresArrayType }
    /// The element's array type; PostgreSQL has no array of arrays.
    public static var postgresArrayType: TypeOID { Element.postgresArrayType }
    /// The element's cast, as an array.
    public static var postgresCast: String? { Element.postgresCast.map { $0 + "[]" } }

    /// array_recv: dimensions, whether there are NULLs, element type, then length and lower bound, then elements.
    public func encode(into buffer: inout [UInt8]) {
        buffer.append(bigEndian: Int32(isEmpty ? 0 : 1))
        buffer.append(bigEndian: Int32(contains { $0.isPostgresNull } ? 1 : 0))
        buffer.append(bigEndian: Element.postgresType.rawValue)
        guard !isEmpty else { return }
        buffer.append(bigEndian: Int32(count))
        buffer.append(bigEndian: Int32(1))
        for element in self { element.encodeField(into: &buffer) }
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// From an array of at most one dimension; an element may be NULL where `Element` is optional.
    public init(postgres cell: Cell) throws(PostgresError) {
        let bytes = try cell.value(of: Self.self)
        guard bytes.count >= 12 else { throw cell.mismatch(Self.self) }
        let dimensions = bytes.bigEndian(Int32.self, at: 0)
        let type = TypeOID(rawValue: bytes.bigEndian(UInt32.self, at: 8))
        self = []
        guard dimensions > 0 else {
            guard dimensions == 0, bytes.count == 12 else { throw cell.mismatch(Self.self) }
            return
        }
        guard dimensions == 1, bytes.count >= 20 else { throw cell.mismatch(Self.self, "\(dimensions) dimensions") }
        let count = Int(bytes.bigEndian(Int32.self, at: 12))
        // Each element has at least its length, so a false count cannot reserve more than the value's own size.
        guard count >= 0, count <= (bytes.count - 20) / 4 else { throw cell.mismatch(Self.self) }
        reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            guard offset + 4 <= bytes.count else { throw cell.mismatch(Self.self) }
            let length = Int(bytes.bigEndian(Int32.self, at: offset))
            offset += 4
            guard length >= -1, offset + Swift.max(length, 0) <= bytes.count else { throw cell.mismatch(Self.self) }
            let start = bytes.startIndex + offset
            let element = length < 0 ? nil : bytes[start..<start + length]
            append(try Element(postgres: Cell(column: cell.column, type: type, bytes: element)))
            offset += Swift.max(length, 0)
        }
    }
}
