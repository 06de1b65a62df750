import CGEOS
public import Geodesy
import Synchronization

/// An area indexed by GEOS for many questions of the form "does it hold this position".
///
/// Edges are straight in longitude and latitude, so that the answers equal those of PostGIS `ST_Covers` on
/// `geometry`. Safe to share: questions wait for one another, each for microseconds.
public final class PreparedArea: Sendable {
    /// The least box around the area; an area cut at ±180° has one from -180° to 180°.
    public let boundingBox: BoundingBox

    /// The centroid on the sphere: see ``MultiPolygon/middle``.
    public let middle: Coordinate

    /// The polygons that it was made of.
    public let shape: MultiPolygon

    private let handle: Mutex<Handle>

    /// How an area lies to a box.
    public enum Relation: Sendable, Hashable {
        /// They share no point.
        case disjoint
        /// The area holds all of the box.
        case contains
        /// The area holds a part of the box, or touches it.
        case intersects
    }

    /// Builds the index; throws ``GeometryError/geos(message:)`` if GEOS fails.
    public init(_ area: MultiPolygon) throws(GeometryError) {
        let outer = area.polygons.flatMap { $0.rings.first ?? [] }
        guard let first = outer.first else { throw .empty }
        boundingBox = outer.reduce(BoundingBox(at: first)) { $0.extended(to: $1) }
        middle = area.middle ?? boundingBox.center
        shape = area
        handle = Mutex(try Handle(area))
    }

    /// Builds the index of a single polygon.
    public convenience init(_ polygon: Polygon) throws(GeometryError) {
        try self.init(MultiPolygon(polygon))
    }

    /// Whether the position lies in the area or on its boundary, that of a hole included.
    ///
    /// Longitudes are compared as given: 180 lies on another edge than -180.
    public func contains(_ coordinate: Coordinate) -> Bool {
        // Also keeps NaN from GEOS, so that nothing is left that it could fail on.
        guard boundingBox.contains(coordinate) else { return false }
        return handle.withLock { $0.contains(coordinate) }
    }

    /// How the area lies to a box, which may cross ±180°: a search takes or drops a whole cell by it.
    public func relation(to box: BoundingBox) -> Relation {
        guard boundingBox.intersects(box) else { return .disjoint }
        return handle.withLock { handle in
            let relations = box.split.map { handle.relation(to: $0) }
            guard let first = relations.first, relations.allSatisfy({ $0 == first }) else { return .intersects }
            return first
        }
    }
}

/// Owns an area's geometry and index with the context that they live in.
private struct Handle: ~Copyable {
    private let context: GEOSContext
    private let shape: OpaquePointer
    private let prepared: OpaquePointer

    init(_ area: MultiPolygon) throws(GeometryError) {
        let context = try GEOSContext()
        let shape = try context.multiPolygon(area.polygons)
        guard let prepared = GEOSPrepare_r(context.raw, shape) else {
            GEOSGeom_destroy_r(context.raw, shape)
            throw context.error
        }
        self.context = context
        self.shape = shape
        self.prepared = prepared
    }

    deinit {
        // The index reads the geometry, and both live in the context, which a field's deinit ends after this.
        GEOSPreparedGeom_destroy_r(context.raw, prepared)
        GEOSGeom_destroy_r(context.raw, shape)
    }

    func contains(_ coordinate: Coordinate) -> Bool {
        let point = made { context throws(GeometryError) in
            try context.point(longitude: coordinate.longitude, latitude: coordinate.latitude)
        }
        defer { GEOSGeom_destroy_r(context.raw, point) }
        // A point that intersects an area is covered by it; `contains` would leave out the boundary.
        return answer(GEOSPreparedIntersects_r(context.raw, prepared, point))
    }

    func relation(to box: BoundingBox) -> PreparedArea.Relation {
        let box = made { context throws(GeometryError) in try context.box(box) }
        defer { GEOSGeom_destroy_r(context.raw, box) }
        if !answer(GEOSPreparedIntersects_r(context.raw, prepared, box)) { return .disjoint }
        return answer(GEOSPreparedCovers_r(context.raw, prepared, box)) ? .contains : .intersects
    }

    /// GEOS refuses no finite point or box.
    private func made(_ make: (borrowing GEOSContext) throws(GeometryError) -> OpaquePointer) -> OpaquePointer {
        do {
            return try make(context)
        } catch {
            preconditionFailure(error.description)
        }
    }

    /// GEOS answers 0 or 1, and 2 for an exception, which a valid area and a finite shape do not raise.
    private func answer(_ code: CChar) -> Bool {
        guard code == 0 || code == 1 else { preconditionFailure(context.error.description) }
        return code == 1
    }
}

extension BoundingBox {
    fileprivate init(at coordinate: Coordinate) {
        self.init(
            uncheckedWest: coordinate.longitude, south: coordinate.latitude,
            east: coordinate.longitude, north: coordinate.latitude)
    }

    fileprivate func extended(to coordinate: Coordinate) -> BoundingBox {
        BoundingBox(
            uncheckedWest: min(west, coordinate.longitude), south: min(south, coordinate.latitude),
            east: max(east, coordinate.longitude), north: max(north, coordinate.latitude))
    }
}
