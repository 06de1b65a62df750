/// One polygon or several that do not overlap: a municipality with an exclave, an area cut at ±180°.
public struct MultiPolygon: Sendable, Hashable {
    /// The parts; at least one.
    public let polygons: [Polygon]

    /// Throws ``GeometryError/empty``, and ``GeometryError/invalid(reason:)`` for parts that overlap or share an edge.
    public init(polygons: [Polygon]) throws(GeometryError) {
        guard !polygons.isEmpty else { throw .empty }
        self.polygons = polygons
        if polygons.count > 1 {
            let geos = try GEOSContext()
            try geos.requireValid(polygons)
        }
    }

    /// A single polygon, which has been checked already.
    public init(_ polygon: Polygon) {
        polygons = [polygon]
    }
}
