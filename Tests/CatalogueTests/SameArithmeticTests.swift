import Geodesy
import Harness
import Postgres
import Salons
import SeededRandom
import Testing

/// What both PostgreSQL and Swift compute must be the same number.
struct SameArithmeticTests {
    private static func cells(_ positions: [Coordinate]) async throws -> [UInt64] {
        let store = try await Store.migrated()
        let (latitudes, longitudes) = (positions.map(\.latitude), positions.map(\.longitude))
        return try await store.owner { connection in
            try connection.query(
                """
                SELECT geohash_cell(latitude, longitude)
                FROM unnest(\(latitudes), \(longitudes)) WITH ORDINALITY AS p (latitude, longitude, number)
                ORDER BY number
                """
            ).map { UInt64(bitPattern: try $0.decode(Int64.self)) }
        }
    }

    private static func expectSame(_ positions: [Coordinate], _ note: String) async throws {
        let cells = try await cells(positions)
        #expect(cells.count == positions.count)
        let different = zip(positions, cells).filter { GeohashCell($0).rawValue != $1 }
        #expect(different.isEmpty, "\(note): \(different.prefix(3))")
    }

    @Test func `cells of any positions`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let positions = (0..<20_000).map { _ in
            Coordinate(
                uncheckedLatitude: Double.random(in: -90...90, using: &generator),
                longitude: Double.random(in: -180...180, using: &generator))
        }
        try await Self.expectSame(positions, "seed \(seed)")
    }

    @Test func `cells of positions on edges and beside them`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        var positions: [Coordinate] = []
        func beside(_ value: Double, _ limit: Double) -> [Double] {
            [value, value.nextUp, value.nextDown].map { min(limit, max(-limit, $0)) }
        }
        let edges: [(Double, Double)] =
            [-90, -45, 0, 45, 90].flatMap { latitude in [-180, -90, 0, 90, 180].map { (latitude, $0) } }
            + (0..<500).flatMap { _ in
                let box = GeohashCell(rawValue: generator.next()).boundingBox
                return [(box.south, box.west), (box.north, box.east)]
            }
        for (latitude, longitude) in edges {
            for north in beside(latitude, 90) {
                for east in beside(longitude, 180) {
                    positions.append(Coordinate(uncheckedLatitude: north, longitude: east))
                }
            }
        }
        positions.append(Coordinate(uncheckedLatitude: -0.0, longitude: -0.0))
        positions.append(Coordinate(uncheckedLatitude: .leastNonzeroMagnitude, longitude: -.leastNonzeroMagnitude))
        try await Self.expectSame(positions, "seed \(seed)")
    }

    @Test func `quality of ratings`() async throws {
        var tenths: [Int16?] = []
        var counts: [Int32] = []
        for mean in [nil] + (Int16(0)...50).map(Optional.some) {
            for count in [0, 1, 2, 7, 9, 10, 11, 99, 100, 12_345, 1_000_000_007, Int32.max] {
                tenths.append(mean)
                counts.append(count)
            }
        }
        let store = try await Store.migrated()
        let (means, numbers) = (tenths, counts)
        let qualities = try await store.owner { connection in
            try connection.query(
                """
                SELECT quality(tenths, count) FROM unnest(\(means), \(numbers)) WITH ORDINALITY AS r (tenths, count, n)
                ORDER BY n
                """
            ).map { try $0.decode(Int32.self) }
        }
        #expect(qualities == zip(tenths, counts).map { Rating.quality(tenths: $0, count: $1) })
    }

    @Test func `words and their bits`() async throws {
        let store = try await Store.migrated()
        let (categories, attributes) = try await store.owner { connection in
            try connection.query("SELECT category_words(), attribute_words()")[0].decode([String].self, [String].self)
        }
        #expect(categories == Category.allCases.map(\.rawValue))
        #expect(attributes == Attribute.allCases.map(\.rawValue))
        for category in Category.allCases {
            let bits = try await store.owner { connection in
                try connection.query("SELECT word_bits(\([category.rawValue]), category_words())")[0].decode(Int32.self)
            }
            #expect(UInt32(bitPattern: bits) == CategorySet([category]).rawValue)
        }
    }
}
