public import Geodesy

/// A polygon on WGS 84: an outer ring, then its holes.
///
/// Edges are straight in longitude and latitude, not geodesics, as in RFC 7946 and in PostGIS `geometry`. The rings'
/// direction does not matter.
public struct Polygon: Sendable, Hashable {
    /// The outer ring, then the holes; each ends with its first position.
    public let rings: [[Coordinate]]

    /// Takes the outer ring, then the holes.
    ///
    /// Throws ``GeometryError`` for rings that are open, have fewer than four positions or an edge that crosses
    /// ±180° (an edge over exactly 360 degrees, the side of a map of the world, is taken as it stands), and for a
    /// shape that GEOS finds invalid.
    public init(rings: [[Coordinate]]) throws(GeometryError) {
        guard !rings.isEmpty else { throw .empty }
        for (index, ring) in rings.enumerated() {
            guard ring.count >= 4 else { throw .ringTooShort(ring: index, count: ring.count) }
            guard ring.first == ring.last else { throw .ringNotClosed(ring: index) }
            for (start, end) in zip(ring, ring.dropFirst()) {
                let span = abs(end.longitude - start.longitude)
                guard span <= 180 || span == 360 else { throw .ringCrossesAntimeridian(ring: index) }
            }
        }
        self.rings = rings
        let geos = try GEOSContext()
        try geos.requireValid([self])
    }
}
