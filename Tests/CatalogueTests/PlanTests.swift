import DemoData
import Directory
import Events
import Foundation
import Geodesy
import Geometry
import Harness
import Postgres
import Salons
import Tenancy
import Testing

@testable import Catalogue

/// Searches use their indexes under the roles that production uses.
struct PlanTests {
    /// A database with so many salons that reading all of them is the wrong plan, copied for each test.
    private static func bigStore() async throws -> Store {
        let url = try await TestServices.shared().database(template: "planned") { url in
            try await Store.migrate(url)
            let store = try Store(ownerURL: url, poolSize: 1)
            for (number, slug) in ["one", "two"].enumerated() {
                let repository = SalonRepository(store.database, scope: try await store.tenant(slug))
                for salons in DemoGenerator(seed: UInt64(number), count: 12_000).chunks(of: 4_000) {
                    _ = try await repository.upsert(salons.map { ImportedSalon(profile: $0) })
                }
            }
            await store.database.shutdown()
            try await Psql.run("VACUUM ANALYZE", at: url)
        }
        return try Store(ownerURL: url, poolSize: 1)
    }

    private static let origin = Coordinate(uncheckedLatitude: 55.6761, longitude: 12.5683)

    /// A question by name, so that a failure says which.
    struct Question: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let query: SalonQuery
        var radius: Meters?
    }

    static let questions: [Question] = {
        func ring(_ size: Double) -> [Coordinate] {
            [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)].map { (north: Double, east: Double) in
                Coordinate(
                    uncheckedLatitude: origin.latitude + north * size, longitude: origin.longitude + east * size)
            }
        }
        let area = try? PreparedArea(Polygon(rings: [ring(0.05)]))
        let box = BoundingBox(uncheckedWest: 12.5, south: 55.6, east: 12.6, north: 55.7)
        var filtered = SalonQuery(origin: origin, region: .circle(radius: 3_000), order: .rating)
        filtered.filter = SalonFilter(
            categories: CategorySet([.hair]), excludedCategories: CategorySet([.spa]),
            attributes: AttributeSet([.wifi]), minimumRatingTenths: 30, priceLevels: 0b110)
        var page = SalonQuery(origin: origin, region: .circle(radius: 3_000), order: .distanceBandThenRating)
        page.after = SortKey(band: 1, rank: -4_200, distance: 400, id: SalonID(UUID()))
        return [
            Question(testDescription: "circle", query: SalonQuery(origin: origin, region: .circle(radius: 2_000))),
            Question(
                testDescription: "nearest", query: SalonQuery(origin: origin, region: .everywhere), radius: 1_000),
            Question(testDescription: "box", query: SalonQuery(origin: origin, region: .box(box))),
            Question(testDescription: "filtered", query: filtered), Question(testDescription: "page", query: page),
        ]
            + (area.map { [Question(testDescription: "area", query: SalonQuery(origin: origin, region: .area($0)))] }
                ?? [])
    }()

    @Test func `there are six kinds of question`() { #expect(Self.questions.count == 6) }

    @Test(arguments: questions)
    func `a search descends its index of cells`(question: Question) async throws {
        let store = try await Self.bigStore()
        let tenant = try await store.resolver.commandLineScope(tenant: TenantSlug("two")!)
        for (scope, index) in [(tenant, "salon_tenant_cell"), (.marketplace, "salon_published_cell")] {
            let statement = SearchStatement(question.query, within: question.radius, scope: scope)
            let plan = try await store.database.read(scope) { connection in
                try connection.query("EXPLAIN \(statement.sql(limit: 21))").map { try $0.decode(String.self) }
            }.joined(separator: "\n")
            #expect(
                plan.contains("Index Scan using \(index) on salon") || plan.contains("Bitmap Index Scan on \(index)"),
                "\(plan)")
            // As a condition of the index and not as a filter behind it.
            #expect(plan.contains(/Index Cond: .*cell >= r.lower_bound/), "\(plan)")
            #expect(!plan.contains("Seq Scan on salon"), "\(plan)")
        }
    }

    /// How often a table was read whole and an index was descended, once the sessions that did it have ended.
    private static func scans(_ url: String, index: String) async throws -> (table: Int, index: Int) {
        let connection = try await Connection.connect(Configuration(url))
        let counts = try await connection.turn { connection in
            try connection.query(
                """
                SELECT (SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname IN ('salon', 'outbox'))::bigint,
                    (SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = \(index))
                """)[0].decode(Int.self, Int.self)
        }
        await connection.close()
        return (counts.0, counts.1)
    }

    /// Runs a body on one connection, so that plans for all values take over from those for one, and counts.
    private static func expect(
        _ index: String, _ body: @Sendable (Store) async throws -> Void
    ) async throws {
        let store = try await bigStore()
        let before = try await scans(store.ownerURL, index: index)
        for _ in 0..<12 { try await body(store) }
        await store.database.shutdown()
        try await eventually { try await scans(store.ownerURL, index: index).index >= before.index + 12 }
        #expect(try await scans(store.ownerURL, index: index).table == before.table)
    }

    @Test func `repeated searches keep to the index`() async throws {
        try await Self.expect("salon_tenant_cell") { store in
            let scope = try await store.resolver.commandLineScope(tenant: TenantSlug("two")!)
            for question in Self.questions {
                _ = try await PostGISSearch(store.database).search(question.query, scope: scope)
            }
        }
        try await Self.expect("salon_published_cell") { store in
            for question in Self.questions {
                _ = try await PostGISSearch(store.database).search(question.query, scope: .marketplace)
            }
        }
    }

    @Test func `single salons are read by their identifiers`() async throws {
        try await Self.expect("salon_published_id") { store in
            let ids = (0..<20).map { _ in SalonID(UUID()) }
            try await store.source.loadPublished(ids: ids) { _ in }
        }
    }

    @Test func `the outbox is read in its order`() async throws {
        try await Self.expect("outbox_feed") { store in
            let now = try await store.database.unscoped { connection in
                try connection.query("SELECT pg_snapshot_xmax(pg_current_snapshot())")[0].decode(TransactionID.self)
            }
            let position = EventPosition(transaction: now.rawValue - 3, id: 0)
            _ = try await Outbox(store.database).page(after: position, kinds: SalonEvents.names, limit: 1_000)
        }
    }
}

extension Sequence {
    /// The elements in arrays of one length, but for the last.
    fileprivate func chunks(of count: Int) -> [[Element]] {
        var chunks: [[Element]] = []
        for element in self {
            if chunks.last.map({ $0.count == count }) ?? true { chunks.append([]) }
            chunks[chunks.count - 1].append(element)
        }
        return chunks
    }
}
