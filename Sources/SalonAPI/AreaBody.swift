import Foundation
import Geodesy
import Geometry

/// The body of a search in a polygon: `{"area": GeoJSON Polygon or MultiPolygon}`.
struct AreaBody {
    let area: PreparedArea
    /// Equal for equal bodies: what stands for the polygon in the question's canonical text.
    let fingerprint: String

    /// Parses and prepares the polygon, or says what is wrong with it.
    static func parse(_ bytes: [UInt8]) throws(Problem) -> AreaBody {
        let object = try BodyReader.json(bytes)
        guard let members = object as? [String: Any], let area = members["area"] as? [String: Any], members.count == 1
        else { throw fault("must be the only member of the body, a GeoJSON Polygon or MultiPolygon") }
        let polygons: [[[Coordinate]]]
        switch area["type"] as? String {
        case "Polygon": polygons = [try rings(area["coordinates"])]
        case "MultiPolygon":
            guard let parts = area["coordinates"] as? [Any], !parts.isEmpty else {
                throw fault("coordinates must be an array of polygons")
            }
            var all: [[[Coordinate]]] = []
            for part in parts { all.append(try rings(part)) }
            polygons = all
        default: throw fault("type must be Polygon or MultiPolygon")
        }
        do {
            var shapes: [Polygon] = []
            for rings in polygons { shapes.append(try Polygon(rings: rings)) }
            return AreaBody(
                area: try PreparedArea(try MultiPolygon(polygons: shapes)), fingerprint: EntityTag.strong(of: bytes))
        } catch {
            throw fault("\(error)")
        }
    }

    private static func rings(_ value: Any?) throws(Problem) -> [[Coordinate]] {
        guard let rings = value as? [Any], !rings.isEmpty else { throw fault("coordinates must be an array of rings") }
        var result: [[Coordinate]] = []
        for ring in rings {
            guard let positions = ring as? [Any] else { throw fault("a ring must be an array of positions") }
            var coordinates: [Coordinate] = []
            for position in positions {
                // RFC 7946: longitude first.
                guard let numbers = numbers(position), numbers.count >= 2 else {
                    throw fault("a position must be [longitude, latitude]")
                }
                do {
                    coordinates.append(try Coordinate(latitude: numbers[1], longitude: numbers[0]))
                } catch {
                    throw fault("\(error)")
                }
            }
            result.append(coordinates)
        }
        return result
    }

    /// The numbers of a position; nil when it has anything else. A cast would take `true` for 1.
    private static func numbers(_ position: Any) -> [Double]? {
        guard let elements = position as? [Any] else { return nil }
        var numbers: [Double] = []
        for element in elements {
            guard let number = element as? NSNumber, !["c", "B"].contains(String(cString: number.objCType)) else {
                return nil
            }
            numbers.append(number.doubleValue)
        }
        return numbers
    }

    private static func fault(_ detail: String) -> Problem {
        .parameters([.init(parameter: "area", detail: detail)])
    }
}
