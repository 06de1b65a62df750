import Foundation
public import Geodesy

extension MultiPolygon {
    /// The centroid of the surface as a point of the sphere: the direction of the mean of all its points in three
    /// dimensions. It does not depend on how the area is cut at ±180°, and an area around a pole has it near the pole.
    ///
    /// Nil where there is none because the points cancel out, as for all of the earth. In degrees rounded to seven
    /// decimals, about a centimetre, so that it is the same however the area is drawn. Distances in a search by polygon
    /// count from here unless the caller gives a position. O(vertices).
    public var middle: Coordinate? {
        var moment = SurfaceMoment()
        for polygon in polygons {
            for (index, ring) in polygon.rings.enumerated() { moment.add(ring, isHole: index > 0) }
        }
        return moment.direction
    }
}

extension BoundingBox {
    /// The centroid of the box's surface on the sphere, the same as that of a polygon of this shape; the centre of its
    /// meridians and parallels where there is none.
    public var middle: Coordinate {
        var moment = SurfaceMoment()
        for part in split {
            let corners = [
                (part.south, part.west), (part.south, part.east), (part.north, part.east), (part.north, part.west),
                (part.south, part.west),
            ]
            moment.add(corners.map { Coordinate(uncheckedLatitude: $0.0, longitude: $0.1) }, isHole: false)
        }
        return moment.direction ?? center
    }
}

/// The integral over a region of the unit vectors of its points, by Green's theorem as integrals along its rings.
///
/// With longitude λ and latitude φ the region's integrand is (cos φ cos λ, cos φ sin λ, sin φ) cos φ dφ dλ; along a
/// ring that runs counter-clockwise it is -∮ (F cos λ, F sin λ, sin² φ / 2) dλ with F = φ/2 + sin 2φ / 4. Edges are
/// straight in longitude and latitude, so each is integrated numerically, after Gauss and Legendre.
private struct SurfaceMoment {
    private var x = 0.0
    private var y = 0.0
    private var z = 0.0
    private var area = 0.0

    /// Radians of an edge that are integrated at once: four nodes are then exact to 1e-10.
    private static let step = Double.pi / 12
    private static let nodes: [(place: Double, weight: Double)] = [
        (-0.861_136_311_594_052_6, 0.347_854_845_137_453_9), (-0.339_981_043_584_856_3, 0.652_145_154_862_546_1),
        (0.339_981_043_584_856_3, 0.652_145_154_862_546_1), (0.861_136_311_594_052_6, 0.347_854_845_137_453_9),
    ]

    mutating func add(_ ring: [Coordinate], isHole: Bool) {
        guard let first = ring.first else { return }
        let points = ring.map { (longitude: $0.longitude * .pi / 180, latitude: $0.latitude * .pi / 180) }
        // Counted from the ring's first parallel, so that little is lost for a small ring.
        let reference = first.latitude * .pi / 180
        var part = (x: 0.0, y: 0.0, z: 0.0, area: 0.0)
        for (start, end) in zip(points, points.dropFirst()) {
            let across = end.longitude - start.longitude
            guard across != 0 else { continue }
            let up = end.latitude - start.latitude
            let pieces = max(1, (max(abs(across), abs(up)) / Self.step).rounded(.up))
            for piece in 0..<Int(pieces) {
                for node in Self.nodes {
                    let place = (Double(piece) + (node.place + 1) / 2) / pieces
                    let longitude = start.longitude + across * place
                    let latitude = start.latitude + up * place
                    let length = -node.weight / 2 * across / pieces
                    // F, sin² and sin less their values at the reference, as products, which do not cancel out.
                    let (sum, difference) = (latitude + reference, latitude - reference)
                    let height = (difference + cos(sum) * sin(difference)) / 2
                    part.x += length * height * cos(longitude)
                    part.y += length * height * sin(longitude)
                    part.z += length * sin(sum) * sin(difference) / 2
                    part.area += length * 2 * cos(sum / 2) * sin(difference / 2)
                }
            }
        }
        // A ring may run either way.
        let sign = (part.area < 0) == isHole ? 1.0 : -1.0
        x += sign * part.x
        y += sign * part.y
        z += sign * part.z
        area += sign * part.area
    }

    var direction: Coordinate? {
        let fromAxis = (x * x + y * y).squareRoot()
        guard (fromAxis * fromAxis + z * z).squareRoot() > 1e-6 * abs(area) else { return nil }
        func degrees(_ radians: Double) -> Double { (radians * 180 / .pi * 1e7).rounded() / 1e7 }
        let latitude = degrees(atan2(z, fromAxis))
        // At a pole the longitude is what rounding has left.
        return Coordinate(
            uncheckedLatitude: latitude, longitude: abs(latitude) == 90 ? 0 : degrees(atan2(y, x)))
    }
}
