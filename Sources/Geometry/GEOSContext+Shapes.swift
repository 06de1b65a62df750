import CGEOS
import Geodesy

/// Shapes in GEOS's memory; the caller destroys what a function returns.
///
/// The axis order changes here: GEOS takes x = longitude, y = latitude.
extension GEOSContext {
    func multiPolygon(_ polygons: [Polygon]) throws(GeometryError) -> OpaquePointer {
        var parts = try shapes(polygons) { polygon throws(GeometryError) in try self.polygon(polygon) }
        // GEOS owns the parts from here, also when it fails.
        let type = Int32(GEOS_MULTIPOLYGON.rawValue)
        guard let shape = GEOSGeom_createCollection_r(raw, type, &parts, UInt32(parts.count)) else { throw error }
        return shape
    }

    func point(longitude: Double, latitude: Double) throws(GeometryError) -> OpaquePointer {
        guard let point = GEOSGeom_createPointFromXY_r(raw, longitude, latitude) else { throw error }
        return point
    }

    /// A box that does not cross ±180°: a rectangle, or the line or point that is left of it.
    func box(_ box: BoundingBox) throws(GeometryError) -> OpaquePointer {
        if box.west == box.east, box.south == box.north {
            return try point(longitude: box.west, latitude: box.south)
        }
        let southWest = Coordinate(uncheckedLatitude: box.south, longitude: box.west)
        let southEast = Coordinate(uncheckedLatitude: box.south, longitude: box.east)
        let northEast = Coordinate(uncheckedLatitude: box.north, longitude: box.east)
        let northWest = Coordinate(uncheckedLatitude: box.north, longitude: box.west)
        if box.west == box.east || box.south == box.north {
            guard let line = GEOSGeom_createLineString_r(raw, try sequence([southWest, northEast])) else { throw error }
            return line
        }
        let shell = try ring([southWest, southEast, northEast, northWest, southWest])
        guard let rectangle = GEOSGeom_createPolygon_r(raw, shell, nil, 0) else { throw error }
        return rectangle
    }

    private func polygon(_ polygon: Polygon) throws(GeometryError) -> OpaquePointer {
        var rings = try shapes(polygon.rings) { ring throws(GeometryError) in try self.ring(ring) }
        let shell = rings.removeFirst()
        guard let shape = GEOSGeom_createPolygon_r(raw, shell, &rings, UInt32(rings.count)) else { throw error }
        return shape
    }

    private func ring(_ positions: [Coordinate]) throws(GeometryError) -> OpaquePointer {
        guard let ring = GEOSGeom_createLinearRing_r(raw, try sequence(positions)) else { throw error }
        return ring
    }

    /// The caller hands it to a geometry, which then owns it.
    private func sequence(_ positions: [Coordinate]) throws(GeometryError) -> OpaquePointer {
        var numbers: [Double] = []
        numbers.reserveCapacity(2 * positions.count)
        for position in positions {
            numbers.append(position.longitude)
            numbers.append(position.latitude)
        }
        guard let sequence = GEOSCoordSeq_copyFromBuffer_r(raw, numbers, UInt32(positions.count), 0, 0) else {
            throw error
        }
        return sequence
    }

    /// All of the shapes, or none of them left behind.
    private func shapes<Part>(
        _ parts: [Part], make: (Part) throws(GeometryError) -> OpaquePointer
    ) throws(GeometryError) -> [OpaquePointer?] {
        var shapes: [OpaquePointer?] = []
        do throws(GeometryError) {
            for part in parts {
                shapes.append(try make(part))
            }
        } catch {
            for shape in shapes {
                GEOSGeom_destroy_r(raw, shape)
            }
            throw error
        }
        return shapes
    }
}
