import Geodesy
import SeededRandom
import Testing

@Suite struct BoundingBoxTests {
    static let plain = BoundingBox(uncheckedWest: 5, south: 47, east: 15, north: 55)
    static let fiji = BoundingBox(uncheckedWest: 177, south: -20, east: -178, north: -16)

    @Test(arguments: [
        (-181.0, 0.0, 0.0, 1.0, BoundingBox.Edge.west, -181.0), (0, -91, 0, 1, .south, -91), (0, 0, 181, 1, .east, 181),
        (0, 0, 1, 90.5, .north, 90.5), (0, 0, .infinity, 1, .east, .infinity),
    ])
    func `names the edge that is out of range`(
        west: Double, south: Double, east: Double, north: Double, edge: BoundingBox.Edge, value: Double
    ) {
        #expect(throws: GeodesyError.edge(edge, value)) {
            try BoundingBox(west: west, south: south, east: east, north: north)
        }
    }

    @Test func `refuses NaN and a box upside down`() {
        let error = #expect(throws: GeodesyError.self) { try BoundingBox(west: 0, south: .nan, east: 1, north: 1) }
        #expect(error?.description == "south edge nan is not within -90...90 degrees")
        #expect(throws: GeodesyError.southAboveNorth(south: 2, north: 1)) {
            try BoundingBox(west: 0, south: 2, east: 1, north: 1)
        }
    }

    @Test(arguments: [
        (47.0, 5.0, true), (55, 15, true), (50, 10, true), (46.999, 10, false), (55.001, 10, false),
        (50, 4.999, false), (50, 15.001, false),
    ])
    func `holds its edges and nothing beyond`(latitude: Double, longitude: Double, isInside: Bool) {
        #expect(Self.plain.contains(Coordinate(uncheckedLatitude: latitude, longitude: longitude)) == isInside)
    }

    @Test(arguments: [
        (177.0, true), (180, true), (-180, true), (-178, true), (176.9, false), (-177.9, false), (0, false),
    ])
    func `crosses the antimeridian when west exceeds east`(longitude: Double, isInside: Bool) {
        #expect(Self.fiji.crossesAntimeridian)
        #expect(Self.fiji.contains(Coordinate(uncheckedLatitude: -18, longitude: longitude)) == isInside)
    }

    @Test func `splits into parts that hold the same positions`() {
        var generator = SplitMix64(seed: 11)
        #expect(Self.plain.split == [Self.plain])
        #expect(Self.fiji.split.count == 2)
        for _ in 0..<2000 {
            let box = Self.random(&generator)
            let position = generator.coordinate()
            #expect(box.split.allSatisfy { !$0.crossesAntimeridian })
            #expect(box.contains(position) == box.split.contains { $0.contains(position) }, "seed 11, \(box)")
        }
    }

    @Test func `intersects and contains another box as its parts do`() {
        var generator = SplitMix64(seed: 12)
        var met = 0
        for _ in 0..<5000 {
            let (one, other) = (Self.random(&generator), Self.random(&generator))
            let shares = one.split.contains { part in
                other.split.contains {
                    part.west <= $0.east && $0.west <= part.east && part.south <= $0.north && $0.south <= part.north
                }
            }
            #expect(one.intersects(other) == shares, "seed 12, \(one) \(other)")
            #expect(one.intersects(other) == other.intersects(one))
            let holds = other.split.allSatisfy { part in
                one.split.contains {
                    $0.west <= part.west && part.east <= $0.east && $0.south <= part.south && part.north <= $0.north
                }
            }
            #expect(one.contains(other) == holds, "seed 12, \(one) \(other)")
            met += shares ? 1 : 0
        }
        #expect((500...4500).contains(met))
    }

    @Test func `the world holds every box`() {
        #expect(BoundingBox.world.contains(Self.plain))
        #expect(BoundingBox.world.contains(Self.fiji))
        #expect(!Self.fiji.contains(BoundingBox.world))
    }

    static func random(_ generator: inout SplitMix64) -> BoundingBox {
        let (one, other) = (generator.coordinate(), generator.coordinate())
        return BoundingBox(
            uncheckedWest: one.longitude, south: min(one.latitude, other.latitude),
            east: other.longitude, north: max(one.latitude, other.latitude))
    }
}
