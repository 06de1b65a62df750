import Geodesy
import Geometry
import HTTPKit
import JSON

/// The body of a search in a polygon: `{"area": GeoJSON Polygon or MultiPolygon}`.
struct AreaBody: Sendable {
    let area: PreparedArea
    /// Equal for equal areas: what stands for the polygon in the question's canonical text.
    let fingerprint: String

    /// Reads and prepares the polygon.
    static let body = Body.object(Member("area", geoJSON)) { _, area in area.value }.named("Area")

    /// A body that works.
    static let example: JSONValue = [
        "area": ["type": "Polygon", "coordinates": Examples.placeholder("area")]
    ]

    private static let geoJSON = Body<AreaBody>.custom(
        schema: Schema([
            "type": "object", "required": ["type", "coordinates"],
            "description":
                .string(
                    "GeoJSON Polygon or MultiPolygon, longitude before latitude. One that crosses ±180° is cut there "
                        + "into the parts of a MultiPolygon."),
            "properties": [
                "type": ["type": "string", "enum": ["Polygon", "MultiPolygon"]],
                "coordinates": ["type": "array", "minItems": 1, "items": ["type": "array", "minItems": 1]],
            ],
        ])
    ) { value, faults in
        guard value.members != nil else {
            faults.add("must be a GeoJSON Polygon or MultiPolygon")
            return nil
        }
        let isMulti = value["type"] == "MultiPolygon"
        if !isMulti, value["type"] != "Polygon" { faults.add("type", "must be Polygon or MultiPolygon") }
        do throws(Fault) {
            let area = try area(value["coordinates"], isMulti: isMulti)
            return AreaBody(area: area, fingerprint: EntityTag.strong(of: value.bytes))
        } catch {
            faults.add("coordinates", error.sentence)
            return nil
        }
    }

    /// What is wrong with coordinates, as a sentence about them.
    private struct Fault: Error {
        let sentence: String
    }

    private static func area(_ coordinates: JSONValue?, isMulti: Bool) throws(Fault) -> PreparedArea {
        var polygons: [[[Coordinate]]] = []
        if isMulti {
            guard let parts = coordinates?.array, !parts.isEmpty else {
                throw Fault(sentence: "must be an array of polygons")
            }
            for part in parts { polygons.append(try rings(part)) }
        } else {
            polygons.append(try rings(coordinates))
        }
        do {
            var shapes: [Polygon] = []
            for rings in polygons { shapes.append(try Polygon(rings: rings)) }
            return try PreparedArea(try MultiPolygon(polygons: shapes))
        } catch {
            throw Fault(sentence: "\(error)")
        }
    }

    private static func rings(_ value: JSONValue?) throws(Fault) -> [[Coordinate]] {
        guard let rings = value?.array, !rings.isEmpty else {
            throw Fault(sentence: "must be an array of rings")
        }
        var result: [[Coordinate]] = []
        for ring in rings {
            guard let positions = ring.array else { throw Fault(sentence: "must be rings, each an array of positions") }
            var coordinates: [Coordinate] = []
            for position in positions { coordinates.append(try coordinate(position)) }
            result.append(coordinates)
        }
        return result
    }

    /// A position of RFC 7946: longitude first.
    private static func coordinate(_ position: JSONValue) throws(Fault) -> Coordinate {
        let numbers = position.array.map { $0.map { $0.number?.double } } ?? []
        guard numbers.count >= 2, !numbers.contains(nil), let longitude = numbers[0], let latitude = numbers[1] else {
            throw Fault(sentence: "must be positions, each [longitude, latitude]")
        }
        do {
            return try Coordinate(latitude: latitude, longitude: longitude)
        } catch {
            throw Fault(sentence: "\(error)")
        }
    }
}
