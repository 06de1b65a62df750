import Foundation
import Geodesy
import Geometry

@testable import Directory

extension SeededGenerator {
    mutating func region(around origin: Coordinate) throws -> SearchRegion {
        switch Int.random(in: 0..<8, using: &self) {
        case 0: return .everywhere
        case 1: return .circle(radius: Meters(Double([0, 1, 50_000].randomElement(using: &self) ?? 0)))
        case 2, 3: return .circle(radius: Meters(pow(10, Double.random(in: 1...4.7, using: &self))))
        case 4: return .circle(radius: Meters(Double.random(in: 0...300_000, using: &self)))
        case 5, 6:
            let width = Double.random(in: 0...2, using: &self)
            let west = origin.longitude - width
            let east = origin.longitude + Double.random(in: 0...2, using: &self)
            return .box(
                try BoundingBox(
                    west: west < -180 ? west + 360 : west, south: max(-90, origin.latitude - width / 2),
                    east: east > 180 ? east - 360 : east,
                    north: min(90, origin.latitude + Double.random(in: 0...1, using: &self))))
        default:
            let size = Double.random(in: 0.01...0.5, using: &self)
            func corner(_ north: Double, _ east: Double) -> Coordinate {
                Coordinate(
                    uncheckedLatitude: min(90, max(-90, origin.latitude + north * size)),
                    longitude: min(180, max(-180, origin.longitude + east * size)))
            }
            let ring = [corner(0, -1), corner(-1, 0), corner(0, 1), corner(0.3, 0), corner(0, -1)]
            guard let polygon = try? Polygon(rings: [ring]), let area = try? PreparedArea(polygon) else {
                return .everywhere
            }
            return .area(area)
        }
    }
}
