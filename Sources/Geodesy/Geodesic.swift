import CPROJ

/// Shortest paths on the WGS 84 ellipsoid, by Karney's algorithms in PROJ's `geodesic.h` (accurate to 15 nm).
///
/// Source: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013), doi:10.1007/s00190-012-0578-z. PostGIS
/// `geography` computes its distances with the same code.
public enum Geodesic {
    private static let ellipsoid: geod_geodesic = {
        var ellipsoid = geod_geodesic()
        geod_init(&ellipsoid, WGS84.a, WGS84.f)
        return ellipsoid
    }()

    /// The length of the shortest path between two positions, at most 20,003,931.46 m.
    public static func distance(_ start: Coordinate, _ end: Coordinate) -> Meters {
        var length = 0.0
        withUnsafePointer(to: ellipsoid) { ellipsoid in
            geod_inverse(
                ellipsoid, start.latitude, start.longitude, end.latitude, end.longitude, &length, nil, nil)
        }
        return Meters(length)
    }

    /// Where one arrives after `distance` on the path that leaves `start` at `azimuth` degrees clockwise from north.
    public static func destination(from start: Coordinate, azimuth: Double, distance: Meters) -> Coordinate {
        var latitude = 0.0
        var longitude = 0.0
        withUnsafePointer(to: ellipsoid) { ellipsoid in
            geod_direct(
                ellipsoid, start.latitude, start.longitude, azimuth, distance.value, &latitude, &longitude, nil)
        }
        return Coordinate(uncheckedLatitude: latitude, longitude: longitude)
    }
}
