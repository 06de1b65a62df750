/// A box of meridians and parallels in degrees on WGS 84; it holds its edges.
///
/// A `west` greater than `east` means that the box crosses ±180°, as in RFC 7946, section 5.2.
@frozen
public struct BoundingBox: Sendable, Hashable {
    /// The side that a refused value was given for.
    public enum Edge: String, Sendable, Hashable {
        case west, south, east, north

        var limit: Int { self == .west || self == .east ? 180 : 90 }
    }

    /// Longitude where the box begins, going east.
    public let west: Double
    /// Lowest latitude.
    public let south: Double
    /// Longitude where the box ends, going east.
    public let east: Double
    /// Highest latitude.
    public let north: Double

    /// All of the earth.
    public static let world = BoundingBox(uncheckedWest: -180, south: -90, east: 180, north: 90)

    /// Throws ``GeodesyError/edge(_:_:)`` for the first edge outside of its range (or not a number), and
    /// ``GeodesyError/southAboveNorth(south:north:)``.
    public init(west: Double, south: Double, east: Double, north: Double) throws(GeodesyError) {
        let edges: [(Edge, Double)] = [(.west, west), (.south, south), (.east, east), (.north, north)]
        for (edge, value) in edges where !(abs(value) <= Double(edge.limit)) {
            throw .edge(edge, value)
        }
        guard south <= north else { throw .southAboveNorth(south: south, north: north) }
        self.init(uncheckedWest: west, south: south, east: east, north: north)
    }

    /// For edges already known to be in order.
    @inlinable
    public init(uncheckedWest west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    /// Whether the box continues from 180° to -180°.
    @inlinable
    public var crossesAntimeridian: Bool { west > east }

    /// The middle of its parallels and, going east, of its meridians.
    public var center: Coordinate {
        let span = crossesAntimeridian ? east + 360 - west : east - west
        let middle = west + span / 2
        return Coordinate(
            uncheckedLatitude: (south + north) / 2, longitude: middle > 180 ? middle - 360 : middle)
    }

    /// The box itself, or its part up to 180° and its part from -180°.
    public var split: [BoundingBox] {
        guard crossesAntimeridian else { return [self] }
        return [
            BoundingBox(uncheckedWest: west, south: south, east: 180, north: north),
            BoundingBox(uncheckedWest: -180, south: south, east: east, north: north),
        ]
    }

    /// Whether the position lies in the box or on its edge; longitudes are compared as given, so that 180 and -180
    /// differ for a box that ends at only one of them.
    @inlinable
    public func contains(_ coordinate: Coordinate) -> Bool {
        guard coordinate.latitude >= south, coordinate.latitude <= north else { return false }
        let longitude = coordinate.longitude
        return west <= east
            ? longitude >= west && longitude <= east
            : longitude >= west || longitude <= east
    }

    /// Whether all of `other` lies in this box; edges may touch.
    @inlinable
    public func contains(_ other: BoundingBox) -> Bool {
        guard other.south >= south, other.north <= north else { return false }
        if west <= east {
            if west == -180, east == 180 { return true }
            return other.west <= other.east && other.west >= west && other.east <= east
        }
        if other.west > other.east { return other.west >= west && other.east <= east }
        return other.west >= west || other.east <= east
    }

    /// Whether the two boxes share a point; a shared edge is enough.
    @inlinable
    public func intersects(_ other: BoundingBox) -> Bool {
        guard south <= other.north, other.south <= north else { return false }
        switch (crossesAntimeridian, other.crossesAntimeridian) {
        case (false, false): return west <= other.east && other.west <= east
        case (true, true): return true
        case (true, false): return other.east >= west || other.west <= east
        case (false, true): return east >= other.west || west <= other.east
        }
    }
}
