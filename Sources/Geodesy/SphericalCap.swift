import Foundation

/// A circle on the unit sphere, taken at geodetic latitudes, that holds every position within a geodesic distance.
///
/// A step on the ellipsoid is at least M(φ) times the step between the same latitudes and longitudes on the unit
/// sphere, M being the meridian's radius of curvature (the other radius, N, is never less). M grows towards the
/// poles, so its value at the latitude nearest the equator that the circle can reach gives an angle that is enough.
struct SphericalCap {
    let latitude: Double
    let longitude: Double
    /// In radians, as are the two above.
    let angle: Double
    private let sine: Double
    private let cosine: Double
    private let cosineOfAngle: Double

    /// Degrees added on every side, about a millimetre: more than any rounding here.
    private static let margin = 1e-8

    init(center: Coordinate, radius: Meters) {
        latitude = center.latitude * .pi / 180
        longitude = center.longitude * .pi / 180
        let nearestEquator = max(0, abs(latitude) - radius.value / WGS84.smallestRadius)
        let term = 1 - WGS84.e2 * sin(nearestEquator) * sin(nearestEquator)
        let meridianRadius = WGS84.a * (1 - WGS84.e2) / (term * term.squareRoot())
        angle = min(.pi, radius.value / meridianRadius * (1 + 1e-12))
        sine = sin(latitude)
        cosine = cos(latitude)
        cosineOfAngle = cos(angle)
    }

    /// A box around the circle; all longitudes where it reaches a pole.
    var boundingBox: BoundingBox {
        let degrees = angle * 180 / .pi + Self.margin
        let center = latitude * 180 / .pi
        let south = max(-90, center - degrees)
        let north = min(90, center + degrees)
        let ratio = sin(angle) / cosine
        // Close to 1 the arc sine loses digits, and the circle all but touches the pole.
        guard south > -90, north < 90, ratio < 1 - 1e-9 else {
            return BoundingBox(uncheckedWest: -180, south: south, east: 180, north: north)
        }
        let reach = asin(ratio) * 180 / .pi + Self.margin / cosine
        guard reach < 180 else { return BoundingBox(uncheckedWest: -180, south: south, east: 180, north: north) }
        let middle = longitude * 180 / .pi
        let west = middle - reach
        let east = middle + reach
        return BoundingBox(
            uncheckedWest: west < -180 ? west + 360 : west, south: south,
            east: east > 180 ? east - 360 : east, north: north)
    }

    /// Whether the circle surely has no point of the box, which must not cross ±180°.
    func isDisjoint(_ box: BoundingBox) -> Bool {
        let west = box.west * .pi / 180
        let east = box.east * .pi / 180
        // On one parallel the nearest point has the least difference of longitude.
        let difference: Double
        if longitude >= west, longitude <= east {
            difference = 0
        } else {
            let toWest = abs((west - longitude).remainder(dividingBy: 2 * .pi))
            let toEast = abs((east - longitude).remainder(dividingBy: 2 * .pi))
            difference = min(toWest, toEast)
        }
        // The cosine of the distance to latitude φ on that meridian is A sin φ + B cos φ, greatest at atan2(A, B).
        let a = sine
        let b = cosine * cos(difference)
        let south = box.south * .pi / 180
        let north = box.north * .pi / 180
        let peak = atan2(a, b)
        let greatest =
            peak >= south && peak <= north
            ? (a * a + b * b).squareRoot()
            : max(a * sin(south) + b * cos(south), a * sin(north) + b * cos(north))
        return greatest < cosineOfAngle - 1e-14
    }

    /// Whether the circle is likely to hold all of the box; only how finely a covering is cut depends on it.
    func holdsCorners(_ box: BoundingBox) -> Bool {
        let differences = [box.west, box.east].map { cos($0 * .pi / 180 - longitude) }
        return [box.south, box.north].allSatisfy { edge in
            let a = sine * sin(edge * .pi / 180)
            let b = cosine * cos(edge * .pi / 180)
            return differences.allSatisfy { a + b * $0 >= cosineOfAngle }
        }
    }
}
