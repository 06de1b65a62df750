public import Directory
import Foundation
public import Geodesy
import Geometry
public import SeededRandom

extension SplitMix64 {
    /// Places where an index goes wrong: poles, ±180°, the edges of geohash cells, one and the same spot, anywhere;
    /// most often Denmark.
    public mutating func position() -> Coordinate {
        func near(_ latitude: Double, _ longitude: Double, _ spread: Double) -> Coordinate {
            let moved = longitude + Double.random(in: -spread...spread, using: &self)
            return Coordinate(
                uncheckedLatitude: min(90, max(-90, latitude + Double.random(in: -spread...spread, using: &self))),
                longitude: moved > 180 ? moved - 360 : moved < -180 ? moved + 360 : moved)
        }
        switch Int.random(in: 0..<14, using: &self) {
        case 0: return near(90, Double.random(in: -180...180, using: &self), 0.3)
        case 1: return near(-90, Double.random(in: -180...180, using: &self), 0.3)
        case 2: return near(-17, 180, 0.3)
        case 3: return near(45, 0, 0.2)
        case 4:
            let box = GeohashCell(near(55.7, 12.5, 0.3)).boundingBox
            return Coordinate(uncheckedLatitude: box.south, longitude: box.west)
        case 5: return near(0, 0, 0.2)
        case 6: return near(0, 90, 0.001)
        case 7:
            return Coordinate(
                uncheckedLatitude: [90, -90, 0, 45, 55.7].randomElement(using: &self)!,
                longitude: [180, -180, 0, 90, 12.5].randomElement(using: &self)!)
        case 8:
            return Coordinate(
                uncheckedLatitude: Double.random(in: -90...90, using: &self),
                longitude: Double.random(in: -180...180, using: &self))
        default: return near(55.7, 12.5, 0.25)
        }
    }

    /// Any shape that can be searched, around a position: everywhere, circles, boxes and areas with and without a hole.
    public mutating func region(around origin: Coordinate) throws -> SearchRegion {
        switch Int.random(in: 0..<9, using: &self) {
        case 0, 1: return .everywhere
        case 2: return .circle(radius: Meters([0, 1, 50_000].randomElement(using: &self)!))
        case 3, 4: return .circle(radius: Meters(pow(10, Double.random(in: 1...4.7, using: &self))))
        case 5: return .circle(radius: Meters(Double.random(in: 0...300_000, using: &self)))
        case 6, 7:
            // Going west or east over ±180° makes a box that crosses it.
            let west = origin.longitude - Double.random(in: 0...2, using: &self)
            let east = origin.longitude + Double.random(in: 0...2, using: &self)
            return .box(
                try BoundingBox(
                    west: west < -180 ? west + 360 : west,
                    south: max(-90, origin.latitude - Double.random(in: 0...1, using: &self)),
                    east: east > 180 ? east - 360 : east,
                    north: min(90, origin.latitude + Double.random(in: 0...1, using: &self))))
        default:
            let size = Double.random(in: 0.01...0.5, using: &self)
            func corner(_ north: Double, _ east: Double) -> Coordinate {
                Coordinate(
                    uncheckedLatitude: min(90, max(-90, origin.latitude + north * size)),
                    longitude: min(180, max(-180, origin.longitude + east * size)))
            }
            let outer = [corner(0, -1), corner(-1, 0), corner(0, 1), corner(0.3, 0), corner(0, -1)]
            let hole = [corner(0, -0.1), corner(-0.1, 0), corner(0, 0.1), corner(0, -0.1)]
            let rings = Bool.random(using: &self) ? [outer] : [outer, hole]
            // At a pole the corners fall together and make no polygon.
            guard let polygon = try? Polygon(rings: rings), let area = try? PreparedArea(polygon) else {
                return .everywhere
            }
            return .area(area)
        }
    }
}
