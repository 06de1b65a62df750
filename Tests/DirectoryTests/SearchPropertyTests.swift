import Foundation
import Geodesy
import Harness
import Salons
import SeededRandom
import Testing

@testable import Directory

/// The grid against brute force: same salons, same order, whatever is asked.
struct SearchPropertyTests {
    static let searches = ProcessInfo.processInfo.environment["SALONS_PROPERTY_SEARCHES"].flatMap(Int.init) ?? 10_000
    static let instants = [1_700_000_000.0, 1_700_040_000, 1_703_500_000].map { Date(timeIntervalSince1970: $0) }

    /// A view of several grids with salons replaced and gone, and the salons that are left.
    static func world(_ generator: inout SplitMix64) -> (Snapshot, [TestSalon], [TenantID]) {
        let tenants = (0..<6).map { _ in TenantID(generator.uuid()) }
        let (table, hours) = (TenantTable(), HoursTable())
        var salons: [SalonID: TestSalon] = [:]
        func staged(_ chosen: [TestSalon]) -> Staging {
            var staging = Staging(tenants: table, hours: hours, cold: ColdStore.Builder(expected: 4096))
            for salon in chosen { CardEncoder.withRow(of: salon.salon) { staging.append($0) } }
            return staging
        }
        func some(_ count: Int) -> [TestSalon] {
            let made = (0..<count).map { _ in generator.salon(tenants: tenants) }
            for salon in made { salons[salon.id] = salon }
            return made
        }
        let base = staged(some(500)).finish(byTenant: true)
        var snapshot = Snapshot(
            levels: [Level(grid: base, removed: nil)], tenants: table, hours: hours, version: 1,
            policy: Bool.random(using: &generator)
                ? MergePolicy()
                : MergePolicy(
                    newestSize: 20, middleSize: 200, largestInPlace: Bool.random(using: &generator) ? 0 : 50_000))
        var rebuild: (base: Grid, changed: Set<SalonID>)?
        for size in [300, 100, 40, 0] {
            let ids = salons.keys.sorted()
            let gone = (0..<30).map { _ in ids[Int.random(in: 0..<ids.count, using: &generator)] }
            for id in gone { salons[id] = nil }
            // Some come again, elsewhere and otherwise.
            var added = some(size)
            for id in gone.prefix(size / 4) where salons[id] == nil {
                let other = generator.salon(tenants: tenants)
                let again = TestSalon(
                    salon: Salon(
                        id: id, tenant: other.salon.tenant, tenantSlug: other.salon.tenantSlug,
                        profile: other.salon.profile), version: other.version)
                salons[id] = again
                added.append(again)
            }
            snapshot = snapshot.replacing(gone, with: staged(added).finish(byTenant: false))
            // A new base is made of an older view than the one it comes into.
            rebuild?.changed.formUnion(gone)
            if let ready = rebuild, Bool.random(using: &generator) {
                snapshot = snapshot.replacingFrozen(with: ready.base, changed: ready.changed)
                rebuild = nil
            } else if rebuild == nil, snapshot.isRebuildDue {
                snapshot = snapshot.frozenForRebuild()
                rebuild = (snapshot.rebuiltBase(), [])
            }
            #expect(snapshot.levels.count <= 4)
        }
        return (snapshot, salons.values.sorted { $0.id < $1.id }, tenants)
    }

    @Test func `every search equals brute force`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let worlds = 10
        for _ in 0..<worlds {
            let (snapshot, salons, tenants) = Self.world(&generator)
            let oracle = Oracle(salons: salons, instants: Self.instants)
            #expect(snapshot.count == salons.count)
            for _ in 0..<(Self.searches + worlds - 1) / worlds {
                var query = try generator.query(salons, tenants: tenants, instants: Self.instants)
                let all = oracle.keys(query)
                if let after = all.randomElement(using: &generator), Bool.random(using: &generator) {
                    query.after = after
                }
                let wanted = query.after == nil ? all : oracle.keys(query)
                let (hits, _) = try snapshot.search(query)
                let found = SearchResult(
                    hits: hits, hasMore: false, examined: 0, asOf: Date(), order: query.order, snapshot: snapshot)
                let keys = found.hits.map { found.sortKey(of: $0) }
                guard keys == Array(wanted.prefix(query.limit + 1)) else {
                    Issue.record("seed \(seed): \(query) found \(keys.count) of \(wanted.count)")
                    return
                }
            }
        }
    }

    @Test(arguments: [SearchOrder.distance, .rating, .distanceBandThenRating])
    func `pages neither repeat nor skip`(order: SearchOrder) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let (snapshot, salons, _) = Self.world(&generator)
        for _ in 0..<10 {
            let origin = generator.position()
            var query = SalonQuery(origin: origin, region: .circle(radius: 50_000), order: order)
            let whole = Oracle(salons: salons).keys(query)
            query.limit = Int.random(in: 3...40, using: &generator)
            var pages: [SortKey] = []
            while true {
                let hits = try snapshot.search(query).hits
                let page = SearchResult(
                    hits: Array(hits.prefix(query.limit)), hasMore: hits.count > query.limit, examined: 0,
                    asOf: Date(), order: order, snapshot: snapshot)
                pages += page.hits.map { page.sortKey(of: $0) }
                guard page.hasMore, let last = page.hits.last else { break }
                query.after = page.sortKey(of: last)
            }
            #expect(pages == whole, "seed \(seed)")
        }
    }

    @Test func `refuses a limit below one`() {
        let snapshot = Snapshot.empty(tenants: TenantTable(), hours: HoursTable())
        let query = SalonQuery(
            origin: Coordinate(uncheckedLatitude: 0, longitude: 0), region: .everywhere, limit: 0)
        #expect(throws: DirectoryError.limit(0)) { try snapshot.search(query) }
    }

    @Test func `an empty directory finds nothing in any order`() throws {
        let snapshot = Snapshot.empty(tenants: TenantTable(), hours: HoursTable())
        for order in [SearchOrder.distance, .rating] {
            let query = SalonQuery(
                origin: Coordinate(uncheckedLatitude: 0, longitude: 0), region: .everywhere, order: order)
            #expect(try snapshot.search(query).hits.isEmpty)
        }
    }

    @Test func `looks at few of many salons`() throws {
        var generator = SplitMix64(seed: 11)
        var staging = Staging(tenants: TenantTable(), hours: HoursTable(), cold: ColdStore.Builder())
        let tenants = [TenantID(generator.uuid())]
        for _ in 0..<20_000 {
            let salon = generator.salon(tenants: tenants)
            CardEncoder.withRow(of: salon.salon) { staging.append($0) }
        }
        let snapshot = Snapshot(
            levels: [Level(grid: staging.finish(byTenant: true), removed: nil)], tenants: TenantTable(),
            hours: HoursTable(), version: 1)
        let query = SalonQuery(
            origin: Coordinate(uncheckedLatitude: 55.7, longitude: 12.5), region: .circle(radius: 5_000))
        #expect(try snapshot.search(query).examined < 400)
    }
}
