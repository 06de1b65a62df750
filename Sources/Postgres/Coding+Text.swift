public import Foundation

extension String: PostgresEncodable, PostgresDecodable {
    /// text; a query that wants another type casts the placeholder.
    public static var postgresType: TypeOID { .text }
    /// text[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1009) }
    /// UTF-8.
    public func encode(into buffer: inout [UInt8]) { buffer.append(contentsOf: utf8) }
    /// From any type whose binary form is its text: text, varchar, char, name, enumerations, json. Of jsonb the
    /// text follows a version byte.
    public init(postgres cell: Cell) throws(PostgresError) {
        switch cell.type {
        case .bool, .bytea, .int2, .int4, .int8, .float4, .float8, .timestamptz, .numeric, .uuid, .tstzrange, .xid8,
            .lsn, .oid:
            throw cell.mismatch(String.self)
        default:
            var bytes = try cell.value(of: String.self)
            if cell.type == .jsonb { bytes = bytes.dropFirst() }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw cell.mismatch(String.self, "bytes that are not UTF-8")
            }
            self = text
        }
    }
}

/// Raw bytes, `bytea`.
public struct Bytes: Sendable, Hashable, PostgresEncodable, PostgresDecodable {
    /// The bytes.
    public let bytes: [UInt8]
    /// Wraps bytes.
    public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
    /// bytea.
    public static var postgresType: TypeOID { .bytea }
    /// bytea[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1001) }
    /// As they are.
    public func encode(into buffer: inout [UInt8]) { buffer.append(contentsOf: bytes) }
    /// From bytea.
    public init(postgres cell: Cell) throws(PostgresError) {
        bytes = Array(try cell.value(of: Bytes.self, in: .bytea))
    }
}

/// A JSON document, `jsonb`, as its text.
public struct JSONB: Sendable, Hashable, PostgresEncodable, PostgresDecodable {
    /// The document in UTF-8; the server may have changed its spacing and the order of keys.
    public let bytes: [UInt8]
    /// Wraps a document; the server checks it.
    public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
    /// Wraps a document; the server checks it.
    public init(_ text: String) { bytes = Array(text.utf8) }
    /// The document as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
    /// jsonb.
    public static var postgresType: TypeOID { .jsonb }
    /// jsonb[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 3807) }
    /// A version byte, then the text.
    public func encode(into buffer: inout [UInt8]) {
        buffer.append(1)
        buffer.append(contentsOf: bytes)
    }
    /// From jsonb or json.
    public init(postgres cell: Cell) throws(PostgresError) {
        let value = try cell.value(of: JSONB.self, in: .jsonb, .json)
        bytes = Array(cell.type == .jsonb ? value.dropFirst() : value)
    }
}

extension UUID: PostgresEncodable, PostgresDecodable {
    /// uuid.
    public static var postgresType: TypeOID { .uuid }
    /// uuid[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 2951) }
    /// Sixteen bytes.
    public func encode(into buffer: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { buffer.append(contentsOf: $0) }
    }
    /// From uuid.
    public init(postgres cell: Cell) throws(PostgresError) {
        let bytes = try cell.value(of: UUID.self, in: .uuid)
        guard bytes.count == 16 else { throw cell.mismatch(UUID.self, "\(bytes.count) bytes") }
        self = UUID(uuid: bytes.withUnsafeBytes { $0.loadUnaligned(as: uuid_t.self) })
    }
}
