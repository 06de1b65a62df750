/// A geohash of twelve characters as an integer of 60 bits: the Morton code of a position.
///
/// Longitude takes the first, most significant bit, then the axes alternate, 30 bits each. All cells with a common
/// geohash prefix are one contiguous range of integers. A cell holds its west and south edges but not its east and
/// north ones, except that latitude 90 and longitude 180 belong to the last row and column.
@frozen
public struct GeohashCell: Sendable, Hashable, Comparable {
    /// The 60-bit code.
    public let rawValue: UInt64

    /// The number of cells on the earth, one more than the greatest `rawValue`.
    public static let count: UInt64 = 1 << 60

    /// The cell with a code; bits above the sixtieth are dropped.
    @inlinable
    public init(rawValue: UInt64) {
        self.rawValue = rawValue & 0x0FFF_FFFF_FFFF_FFFF
    }

    /// The cell that holds a position.
    @inlinable
    public init(_ coordinate: Coordinate) {
        self.init(column: Self.column(longitude: coordinate.longitude), row: Self.row(latitude: coordinate.latitude))
    }

    @inlinable
    init(column: UInt32, row: UInt32) {
        rawValue = Self.spread(column) << 1 | Self.spread(row)
    }

    /// The order along the Morton curve, which is that of the geohash texts.
    @inlinable
    public static func < (left: GeohashCell, right: GeohashCell) -> Bool { left.rawValue < right.rawValue }

    /// The codes of all cells that share this cell's first `precision` characters.
    ///
    /// Throws ``GeodesyError/geohashPrecision(_:)`` unless `precision` is within 0...12; 0 is all of the earth.
    public func range(precision: Int) throws(GeodesyError) -> ClosedRange<UInt64> {
        guard (0...12).contains(precision) else { throw .geohashPrecision(precision) }
        let free = (1 as UInt64) << UInt64(60 - 5 * precision) - 1
        return (rawValue & ~free)...(rawValue | free)
    }

    /// The cell's extent, about 3.7 cm by 1.9 cm at the equator.
    public var boundingBox: BoundingBox {
        let column = Self.gather(rawValue >> 1)
        let row = Self.gather(rawValue)
        return BoundingBox(
            uncheckedWest: Self.west(ofColumn: column), south: Self.south(ofRow: row),
            east: Self.west(ofColumn: column + 1), north: Self.south(ofRow: row + 1))
    }
}

extension GeohashCell {
    // Every edge is a multiple of 45/2^28 or 45/2^27 degrees and so an exact Double. The sum of position and offset
    // is rounded and may reach the edge above; the comparison with the edge sets that right.

    @inlinable
    static func column(longitude: Double) -> UInt32 {
        let index = min(max((longitude + 180) / 360 * 0x1p30, 0), 0x3FFF_FFFF)
        let column = UInt32(index)
        return column > 0 && longitude < west(ofColumn: column) ? column - 1 : column
    }

    @inlinable
    static func row(latitude: Double) -> UInt32 {
        let index = min(max((latitude + 90) / 180 * 0x1p30, 0), 0x3FFF_FFFF)
        let row = UInt32(index)
        return row > 0 && latitude < south(ofRow: row) ? row - 1 : row
    }

    @inlinable
    static func west(ofColumn column: UInt32) -> Double { Double(column) * 0x1p-27 * 45 - 180 }

    @inlinable
    static func south(ofRow row: UInt32) -> Double { Double(row) * 0x1p-28 * 45 - 90 }

    /// Moves the bits of a number to the even places (Warren, Hacker's Delight, section 7-2).
    @inlinable
    static func spread(_ value: UInt32) -> UInt64 {
        var bits = UInt64(value)
        bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
        bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits << 2) & 0x3333_3333_3333_3333
        return (bits | bits << 1) & 0x5555_5555_5555_5555
    }

    /// The inverse of ``spread(_:)``; ignores the odd places.
    @inlinable
    static func gather(_ value: UInt64) -> UInt32 {
        var bits = value & 0x5555_5555_5555_5555
        bits = (bits | bits >> 1) & 0x3333_3333_3333_3333
        bits = (bits | bits >> 2) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits >> 4) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: bits | bits >> 16)
    }
}
