/// Why a position, a box, a cell or a tile was refused.
public enum GeodesyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A latitude that is not a number within -90...90 degrees.
    case latitude(Double)
    /// A longitude that is not a number within -180...180 degrees.
    case longitude(Double)
    /// An edge of a box that is not a number within its range of degrees.
    case edge(BoundingBox.Edge, Double)
    /// A box whose south edge lies north of its north edge.
    case southAboveNorth(south: Double, north: Double)
    /// A geohash text without a character or with more than twelve.
    case geohashLength(Int)
    /// A character that is not one of the 32 of a geohash, with its offset in the text.
    case geohashCharacter(Character, at: Int)
    /// A geohash precision outside of 0...12.
    case geohashPrecision(Int)
    /// A tile's zoom outside of 0...22.
    case zoom(Int)
    /// A tile's column or row outside of its zoom's grid.
    case tile(zoom: Int, x: Int, y: Int)

    /// A sentence fit for a client: it names the value and its bounds.
    public var description: String {
        switch self {
        case .latitude(let value): "latitude \(value) is not within -90...90 degrees"
        case .longitude(let value): "longitude \(value) is not within -180...180 degrees"
        case .edge(let edge, let value):
            "\(edge.rawValue) edge \(value) is not within -\(edge.limit)...\(edge.limit) degrees"
        case .southAboveNorth(let south, let north): "south edge \(south) lies north of the north edge \(north)"
        case .geohashLength(let count): "a geohash has 1 to 12 characters, not \(count)"
        case .geohashCharacter(let character, let offset):
            "\"\(character)\" at offset \(offset) is not a geohash character (0-9, b-z without i, l and o)"
        case .geohashPrecision(let precision): "geohash precision \(precision) is not within 0...12"
        case .zoom(let zoom): "zoom \(zoom) is not within 0...22"
        case .tile(let zoom, let x, let y): "tile \(zoom)/\(x)/\(y) lies outside of its zoom's grid"
        }
    }
}
