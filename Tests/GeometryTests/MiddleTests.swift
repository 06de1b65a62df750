import Foundation
import Geodesy
import Geometry
import Testing

struct `The middle of an area` {
    private static func polygon(_ corners: [(Double, Double)]) throws -> Polygon {
        let ring = try corners.map { try Coordinate(latitude: $0.0, longitude: $0.1) }
        return try Polygon(rings: [ring + [ring[0]]])
    }

    private static func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws -> Polygon {
        try polygon([(south, west), (south, east), (north, east), (north, west)])
    }

    @Test func `is the same when the area is cut at 180 degrees`() throws {
        let cut = try MultiPolygon(polygons: [Self.box(179, -18, 180, -16), Self.box(-180, -18, -179, -16)])
        let middle = try #require(cut.middle)
        #expect(abs(abs(middle.longitude) - 180) < 1e-6)
        #expect(abs(middle.latitude + 17) < 0.01)
        #expect(try BoundingBox(west: 179, south: -18, east: -179, north: -16).middle == middle)
        // The same shape elsewhere, for comparison.
        let elsewhere = try #require(try MultiPolygon(Self.box(9, -18, 11, -16)).middle)
        #expect(abs(elsewhere.latitude - middle.latitude) < 2e-7)
        #expect(abs(elsewhere.longitude - 10) < 2e-7)
    }

    @Test func `is the pole that the area lies around`() throws {
        #expect(try MultiPolygon(Self.box(-180, 80, 180, 90)).middle?.latitude == 90)
        #expect(try MultiPolygon(Self.box(-180, -90, 180, -60)).middle?.latitude == -90)
        #expect(try BoundingBox(west: -180, south: 70, east: 180, north: 90).middle.latitude == 90)
        let halves = try MultiPolygon(polygons: [Self.box(-180, 85, -0.001, 89), Self.box(0.001, 85, 180, 89)])
        #expect(abs((halves.middle?.latitude ?? 0) - 90) < 0.001)
    }

    @Test func `is none of all the earth, and then a box has its centre`() throws {
        #expect(try MultiPolygon(Self.box(-180, -90, 180, 90)).middle == nil)
        #expect(BoundingBox.world.middle == (try Coordinate(latitude: 0, longitude: 0)))
        let point = try BoundingBox(west: 12, south: 55, east: 12, north: 55)
        #expect(point.middle == (try Coordinate(latitude: 55, longitude: 12)))
    }

    @Test(arguments: [
        (0.0, 0.0, 30.0), (55.7, 12.6, 0.001), (-33, 151, 2), (70, 179.5, 5), (-17, -179.99, 0.02), (88, 40, 1.5),
    ])
    func `is near the mean of points strewn over it`(latitude: Double, longitude: Double, size: Double) throws {
        let west = longitude - size
        let east = longitude + size
        let crosses = west < -180 || east > 180
        let (south, north) = (latitude - size, min(latitude + size, 90))
        let parts =
            crosses
            ? [(west < -180 ? west + 360 : west, 180.0), (-180.0, east > 180 ? east - 360 : east)] : [(west, east)]
        let area = try MultiPolygon(polygons: try parts.map { try Self.box($0.0, south, $0.1, north) })
        var sum = (x: 0.0, y: 0.0, z: 0.0)
        let count = 400
        for row in 0..<count {
            let phi = (south + (north - south) * (Double(row) + 0.5) / Double(count)) * .pi / 180
            for column in 0..<count {
                let lambda = (west + (east - west) * (Double(column) + 0.5) / Double(count)) * .pi / 180
                let weight = cos(phi)
                sum.x += weight * cos(phi) * cos(lambda)
                sum.y += weight * cos(phi) * sin(lambda)
                sum.z += weight * sin(phi)
            }
        }
        let middle = try #require(area.middle)
        let expected = try Coordinate(
            latitude: atan2(sum.z, (sum.x * sum.x + sum.y * sum.y).squareRoot()) * 180 / .pi,
            longitude: atan2(sum.y, sum.x) * 180 / .pi)
        #expect(Geodesic.distance(middle, expected).value < 0.02 + size * size * 2)
    }

    @Test func `minds holes, and not which way a ring runs`() throws {
        func ring(_ corners: [(Double, Double)]) throws -> [Coordinate] {
            try (corners + [corners[0]]).map { try Coordinate(latitude: $0.0, longitude: $0.1) }
        }
        let outer = [(0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0)]
        let hole = [(1.0, 0.5), (1.0, 1.5), (3.0, 1.5), (3.0, 0.5)]
        var middles: [Coordinate] = []
        for outer in [outer, outer.reversed()] {
            for hole in [hole, hole.reversed()] {
                let polygon = try Polygon(rings: [try ring(outer), try ring(hole)])
                middles.append(try #require(MultiPolygon(polygon).middle))
            }
        }
        #expect(Set(middles.map { "\($0.latitude) \($0.longitude)" }).count == 1)
        #expect(middles[0].longitude > 2.1)
    }
}
