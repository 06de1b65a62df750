import Geodesy
import Geometry
import Testing

@Suite struct PreparedAreaTests {
    /// A square of 10 degrees with a hole of 2 degrees.
    private let holed: PreparedArea

    init() throws {
        holed = try PreparedArea(Polygon(rings: [square(0, 0, 10), square(4, 4, 2)]))
    }

    @Test(arguments: [
        (1.0, 1.0, true), (5, 5, false), (0, 0, true), (10, 10, true), (5, 0, true), (4, 5, true), (4, 4, true),
        (10.000_001, 5, false), (-0.000_001, 5, false), (7, 2, true), (2, 7, true), (5, 12, false),
    ])
    func `holds its inside and every boundary, and no hole`(latitude: Double, longitude: Double, isInside: Bool) throws
    {
        #expect(holed.contains(try Coordinate(latitude: latitude, longitude: longitude)) == isInside)
    }

    @Test func `takes x for longitude`() throws {
        let wide = try PreparedArea(Polygon(rings: [positions([(0, 0), (100, 0), (100, 1), (0, 1), (0, 0)])]))
        #expect(wide.contains(try Coordinate(latitude: 0.5, longitude: 80)))
        #expect(!wide.contains(try Coordinate(latitude: 80, longitude: 0.5)))
        #expect(wide.boundingBox == BoundingBox(uncheckedWest: 0, south: 0, east: 100, north: 1))
    }

    @Test func `edges are straight in longitude and latitude`() throws {
        // A geodesic between the upper corners would pass well north of 60 degrees.
        let band = try PreparedArea(Polygon(rings: [positions([(0, 50), (90, 50), (90, 60), (0, 60), (0, 50)])]))
        #expect(band.contains(try Coordinate(latitude: 60, longitude: 45)))
        #expect(!band.contains(try Coordinate(latitude: 60.001, longitude: 45)))
    }

    @Test func `an area cut at the antimeridian has both of its parts`() throws {
        let fiji = try PreparedArea(
            MultiPolygon(polygons: [
                Polygon(rings: [positions([(177, -20), (180, -20), (180, -16), (177, -16), (177, -20)])]),
                Polygon(rings: [positions([(-180, -20), (-178, -20), (-178, -16), (-180, -16), (-180, -20)])]),
            ]))
        for (longitude, isInside) in [
            (178.0, true), (180, true), (-180, true), (-179, true), (-177, false), (0, false),
        ] {
            #expect(fiji.contains(try Coordinate(latitude: -18, longitude: longitude)) == isInside)
        }
        let inner = BoundingBox(uncheckedWest: 179, south: -19, east: -179, north: -17)
        #expect(fiji.relation(to: inner) == .contains)
        #expect(fiji.relation(to: BoundingBox(uncheckedWest: 179, south: -19, east: -170, north: -17)) == .intersects)
        #expect(fiji.relation(to: BoundingBox(uncheckedWest: 0, south: -19, east: 1, north: -17)) == .disjoint)
    }

    @Test(arguments: [
        (1.0, 1.0, 2.0, 2.0, PreparedArea.Relation.contains), (0, 0, 3, 3, .contains), (4.5, 4.5, 5.5, 5.5, .disjoint),
        (3, 3, 5, 5, .intersects), (-5, -5, 20, 20, .intersects), (10, 10, 20, 20, .intersects),
        (11, 11, 20, 20, .disjoint), (1, 1, 1, 1, .contains), (5, 5, 5, 5, .disjoint), (1, 1, 1, 3, .contains),
        (1, 5, 9, 5, .intersects), (4, 4, 6, 6, .intersects),
    ])
    func `tells how it lies to a box, be it a line or a point`(
        west: Double, south: Double, east: Double, north: Double, relation: PreparedArea.Relation
    ) throws {
        #expect(holed.relation(to: try BoundingBox(west: west, south: south, east: east, north: north)) == relation)
    }

    @Test func `relations agree with the positions of the box`() throws {
        let star = try PreparedArea(
            Polygon(rings: [positions([(0, 0), (5, 2), (10, 0), (8, 5), (10, 10), (5, 8), (0, 10), (2, 5), (0, 0)])]))
        var counts: [PreparedArea.Relation: Int] = [:]
        for column in 0..<24 {
            for row in 0..<24 {
                let (west, south) = (Double(column) / 2 - 1, Double(row) / 2 - 1)
                let box = try BoundingBox(west: west, south: south, east: west + 0.5, north: south + 0.5)
                let relation = star.relation(to: box)
                counts[relation, default: 0] += 1
                for step in 0..<25 {
                    let position = try Coordinate(
                        latitude: south + Double(step / 5) / 8, longitude: west + Double(step % 5) / 8)
                    if relation == .contains { #expect(star.contains(position)) }
                    if relation == .disjoint { #expect(!star.contains(position)) }
                }
            }
        }
        #expect(counts.count == 3)
    }

    @Test func `answers many tasks at once`() async throws {
        let area = holed
        let inside = await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<1000).count { index in
                        let position = Coordinate(
                            uncheckedLatitude: Double(index % 40) / 4 + 0.1, longitude: Double(task) + 0.1)
                        return area.contains(position)
                    }
                }
            }
            return await group.reduce(0, +)
        }
        // Two of the eight meridians cross the hole, which eight of forty latitudes fall into, 25 times each.
        #expect(inside == 8000 - 2 * 8 * 25)
    }
}
