import JSON

/// One position for a GeoJSON geometry: a point's own, a polygon's centroid, else the middle of the positions.
enum RepresentativePoint {
    /// Nil for a geometry without a position. The texts of a point are its own, digit for digit.
    static func of(_ geometry: JSONValue) -> (x: String, y: String)? {
        let coordinates = geometry["coordinates"]?.array ?? []
        switch geometry["type"]?.string {
        case "Point":
            guard coordinates.count >= 2, let x = coordinates[0].cell, let y = coordinates[1].cell else { return nil }
            return (x, y)
        case "Polygon": return text(centroid(positions(coordinates.first)))
        case "MultiPolygon":
            let rings = coordinates.map { positions($0.array?.first) }
            return text(centroid(rings.max { abs(doubleArea($0)) < abs(doubleArea($1)) } ?? []))
        case "GeometryCollection":
            return (geometry["geometries"]?.array ?? []).lazy.compactMap { of($0) }.first
        case "MultiPoint", "LineString": return text(mean(positions(geometry["coordinates"])))
        case "MultiLineString": return text(mean(coordinates.flatMap { positions($0) }))
        default: return nil
        }
    }

    private typealias Position = (x: Double, y: Double)

    private static func text(_ position: Position?) -> (x: String, y: String)? {
        position.map { (String($0.x), String($0.y)) }
    }

    private static func positions(_ value: JSONValue?) -> [Position] {
        (value?.array ?? []).compactMap { position in
            guard let pair = position.array, pair.count >= 2,
                let x = pair[0].number?.double, let y = pair[1].number?.double
            else { return nil }
            return (x, y)
        }
    }

    private static func mean(_ positions: [Position]) -> Position? {
        guard !positions.isEmpty else { return nil }
        let sum = positions.reduce((x: 0.0, y: 0.0)) { ($0.x + $1.x, $0.y + $1.y) }
        return (sum.x / Double(positions.count), sum.y / Double(positions.count))
    }

    private static func doubleArea(_ ring: [Position]) -> Double {
        zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
    }

    /// The centroid of a ring's area, reckoned from its first position to keep digits; the mean for a ring without
    /// area.
    private static func centroid(_ ring: [Position]) -> Position? {
        guard let origin = ring.first else { return nil }
        let local = ring.map { (x: $0.x - origin.x, y: $0.y - origin.y) }
        let area = doubleArea(local)
        guard area != 0 else { return mean(ring) }
        var sum = (x: 0.0, y: 0.0)
        for (a, b) in zip(local, local.dropFirst()) {
            let cross = a.x * b.y - b.x * a.y
            sum.x += (a.x + b.x) * cross
            sum.y += (a.y + b.y) * cross
        }
        return (origin.x + sum.x / (3 * area), origin.y + sum.y / (3 * area))
    }
}
