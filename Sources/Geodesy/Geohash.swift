/// A geohash of one to twelve characters: a cell of the earth with a text whose prefixes are the cells around it.
public struct Geohash: Sendable, Hashable {
    /// The lowest 60-bit code within the cell.
    let first: UInt64
    /// Number of characters, 1 to 12.
    public let precision: Int

    private static let alphabet = Array("0123456789bcdefghjkmnpqrstuvwxyz")

    /// Reads a text of lower-case geohash characters.
    ///
    /// Throws ``GeodesyError/geohashLength(_:)`` and ``GeodesyError/geohashCharacter(_:at:)``.
    public init(_ text: String) throws(GeodesyError) {
        guard (1...12).contains(text.count) else { throw .geohashLength(text.count) }
        var bits: UInt64 = 0
        for (offset, character) in text.enumerated() {
            guard let digit = Self.alphabet.firstIndex(of: character) else {
                throw .geohashCharacter(character, at: offset)
            }
            bits = bits << 5 | UInt64(digit)
        }
        self.init(bits: bits, precision: text.count)
    }

    /// The cell of a position; throws ``GeodesyError/geohashPrecision(_:)`` unless `precision` is within 1...12.
    public init(_ coordinate: Coordinate, precision: Int = 12) throws(GeodesyError) {
        guard (1...12).contains(precision) else { throw .geohashPrecision(precision) }
        self.init(bits: GeohashCell(coordinate).rawValue >> UInt64(60 - 5 * precision), precision: precision)
    }

    private init(bits: UInt64, precision: Int) {
        first = bits << UInt64(60 - 5 * precision)
        self.precision = precision
    }

    private var freeBits: Int { 60 - 5 * precision }

    /// The characters.
    public var text: String {
        String((1...precision).map { Self.alphabet[Int(first >> UInt64(60 - 5 * $0) & 31)] })
    }

    /// The 60-bit codes of all positions within the cell.
    public var range: ClosedRange<UInt64> { first...(first + ((1 as UInt64) << UInt64(freeBits) - 1)) }

    /// The cell's extent.
    public var boundingBox: BoundingBox {
        let low = GeohashCell(rawValue: range.lowerBound).boundingBox
        let high = GeohashCell(rawValue: range.upperBound).boundingBox
        return BoundingBox(uncheckedWest: low.west, south: low.south, east: high.east, north: high.north)
    }

    /// The middle of the cell.
    public var center: Coordinate {
        let box = boundingBox
        return Coordinate(uncheckedLatitude: (box.south + box.north) / 2, longitude: (box.west + box.east) / 2)
    }

    /// The cell with one character less; nil for a single character.
    public var parent: Geohash? {
        precision == 1 ? nil : Geohash(bits: first >> UInt64(freeBits + 5), precision: precision - 1)
    }

    /// The 32 cells with one character more, in the order of their texts; empty at twelve characters.
    public var children: [Geohash] {
        guard precision < 12 else { return [] }
        return (0..<32).map { Geohash(bits: (first >> UInt64(freeBits)) << 5 | $0, precision: precision + 1) }
    }

    /// The cells that touch this one, clockwise from the north: eight, or five beside a pole.
    ///
    /// They wrap at ±180°; there is none beyond a pole.
    public var neighbours: [Geohash] {
        // The first bit is a longitude's, so an odd number of free bits leaves one more to latitude.
        let columnStep = Int64(1) << Int64(freeBits / 2)
        let rowStep = Int64(1) << Int64((freeBits + 1) / 2)
        let column = Int64(GeohashCell.gather(first >> 1))
        let row = Int64(GeohashCell.gather(first))
        let side: Int64 = 1 << 30
        let directions: [(Int64, Int64)] = [(0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)]
        return directions.compactMap { east, north in
            let newRow = row + north * rowStep
            guard newRow >= 0, newRow < side else { return nil }
            let newColumn = (column + east * columnStep) & (side - 1)
            let code = GeohashCell(column: UInt32(newColumn), row: UInt32(newRow)).rawValue
            return Geohash(bits: code >> UInt64(freeBits), precision: precision)
        }
    }
}

extension Geohash: CustomStringConvertible {
    /// The characters.
    public var description: String { text }
}
