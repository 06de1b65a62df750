public import Geodesy

/// A coordinate travels as EWKB of a point with SRID 4326. The type `geography` has another OID in each database, so
/// a placeholder is a bytea with a cast, which PostGIS has; the statement's text stays the same and can be cached.
/// PostGIS puts x first, which is the longitude.
extension Coordinate: PostgresEncodable, PostgresDecodable {
    private static let pointWithSRID: UInt32 = 0x2000_0001

    /// bytea, cast to geography.
    public static var postgresType: TypeOID { .bytea }
    /// bytea[], cast to geography[].
    public static var postgresArrayType: TypeOID { TypeOID(rawValue: 1001) }
    /// geography.
    public static var postgresCast: String? { "geography" }

    /// Big-endian EWKB.
    public func encode(into buffer: inout [UInt8]) {
        buffer.append(0)
        buffer.append(bigEndian: Self.pointWithSRID)
        buffer.append(bigEndian: UInt32(4326))
        buffer.append(bigEndian: longitude.bitPattern)
        buffer.append(bigEndian: latitude.bitPattern)
    }

    /// From geography or geometry: a point with SRID 4326 within WGS 84's ranges.
    public init(postgres cell: Cell) throws(PostgresError) {
        let bytes = try cell.value(of: Coordinate.self)
        guard bytes.count == 25, let order = bytes.first else { throw cell.mismatch(Coordinate.self) }
        func read<T: FixedWidthInteger>(_: T.Type, _ offset: Int) -> T {
            let value = bytes.bigEndian(T.self, at: offset)
            return order == 0 ? value : value.byteSwapped
        }
        guard read(UInt32.self, 1) == Self.pointWithSRID, read(UInt32.self, 5) == 4326 else {
            throw cell.mismatch(Coordinate.self)
        }
        let (x, y) = (Double(bitPattern: read(UInt64.self, 9)), Double(bitPattern: read(UInt64.self, 17)))
        do {
            try self.init(latitude: y, longitude: x)
        } catch {
            throw cell.mismatch(Coordinate.self, "a position out of range")
        }
    }
}
