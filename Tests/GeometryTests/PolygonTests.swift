import Geodesy
import Geometry
import Testing

@Suite struct PolygonTests {
    @Test func `takes an outer ring with a hole`() throws {
        let polygon = try Polygon(rings: [square(0, 0, 10), square(4, 4, 2)])
        #expect(polygon.rings.count == 2)
    }

    @Test func `refuses rings that are missing, short or open`() {
        #expect(throws: GeometryError.empty) { try Polygon(rings: []) }
        #expect(throws: GeometryError.empty) { try MultiPolygon(polygons: []) }
        #expect(throws: GeometryError.ringTooShort(ring: 0, count: 3)) {
            try Polygon(rings: [Array(square(0, 0, 1).prefix(3))])
        }
        #expect(throws: GeometryError.ringNotClosed(ring: 1)) {
            try Polygon(rings: [square(0, 0, 10), Array(square(4, 4, 2).dropLast())])
        }
    }

    @Test func `refuses shapes that cross themselves, with GEOS's reason`() {
        let bowTie = positions([(0, 0), (10, 10), (10, 0), (0, 10), (0, 0)])
        let error = #expect(throws: GeometryError.self) { try Polygon(rings: [bowTie]) }
        #expect(error?.description.contains("Self-intersection") == true)
        let outside = #expect(throws: GeometryError.self) {
            try Polygon(rings: [square(0, 0, 10), square(20, 20, 2)])
        }
        #expect(outside?.description.contains("Hole lies outside shell") == true)
    }

    @Test func `refuses parts that overlap and takes parts that do not`() throws {
        let one = try Polygon(rings: [square(0, 0, 10)])
        let overlapping = try Polygon(rings: [square(5, 5, 10)])
        let apart = try Polygon(rings: [square(20, 20, 10)])
        #expect(throws: GeometryError.self) { try MultiPolygon(polygons: [one, overlapping]) }
        #expect(try MultiPolygon(polygons: [one, apart]).polygons.count == 2)
    }

    @Test func `refuses an edge across the antimeridian but takes the side of the world`() throws {
        let fiji = positions([(177, -20), (-178, -20), (-178, -16), (177, -16), (177, -20)])
        #expect(throws: GeometryError.ringCrossesAntimeridian(ring: 0)) { try Polygon(rings: [fiji]) }
        let world = positions([(-180, -90), (180, -90), (180, 90), (-180, 90), (-180, -90)])
        #expect(try PreparedArea(Polygon(rings: [world])).contains(Coordinate(latitude: 52, longitude: 13)))
    }
}

/// Positions given as RFC 7946 has them, longitude first.
func positions(_ pairs: [(Double, Double)]) -> [Coordinate] {
    pairs.map { Coordinate(uncheckedLatitude: $0.1, longitude: $0.0) }
}

/// A square ring from its south-west corner, counter-clockwise.
func square(_ west: Double, _ south: Double, _ side: Double) -> [Coordinate] {
    positions([
        (west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south),
    ])
}
