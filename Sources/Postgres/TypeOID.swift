/// The number of a PostgreSQL type in `pg_type`; those below are the same in every database.
public struct TypeOID: RawRepresentable, Sendable, Hashable {
    /// The OID.
    public let rawValue: UInt32

    /// Any OID, also one that has no name here.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    static let bool = TypeOID(rawValue: 16)
    static let bytea = TypeOID(rawValue: 17)
    static let char = TypeOID(rawValue: 18)
    static let name = TypeOID(rawValue: 19)
    static let int8 = TypeOID(rawValue: 20)
    static let int2 = TypeOID(rawValue: 21)
    static let int4 = TypeOID(rawValue: 23)
    static let text = TypeOID(rawValue: 25)
    static let oid = TypeOID(rawValue: 26)
    static let json = TypeOID(rawValue: 114)
    static let float4 = TypeOID(rawValue: 700)
    static let float8 = TypeOID(rawValue: 701)
    static let unknown = TypeOID(rawValue: 705)
    static let bpchar = TypeOID(rawValue: 1042)
    static let varchar = TypeOID(rawValue: 1043)
    static let timestamptz = TypeOID(rawValue: 1184)
    static let numeric = TypeOID(rawValue: 1700)
    static let uuid = TypeOID(rawValue: 2950)
    static let lsn = TypeOID(rawValue: 3220)
    static let jsonb = TypeOID(rawValue: 3802)
    static let tstzrange = TypeOID(rawValue: 3910)
    static let xid8 = TypeOID(rawValue: 5069)
}
