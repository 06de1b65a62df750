import Directory
import Discovery
import Foundation
import Geodesy
import Harness
import Salons
import SeededRandom
import Tenancy
import Testing

@testable import Catalogue

/// The contract of `SalonSearch`, to which the grid and PostGIS are held alike.
struct SearchContractTests {
    /// An implementation, by name.
    enum Implementation: String, CaseIterable, CustomTestStringConvertible {
        case grid, postGIS

        var testDescription: String { rawValue }

        /// Searches a run.
        var searches: Int {
            ProcessInfo.processInfo.environment["SALONS_PROPERTY_SEARCHES"].flatMap(Int.init) ?? 10_000
        }
    }

    @Test(arguments: Implementation.allCases)
    func `finds what brute force finds, in the same order`(implementation: Implementation) async throws {
        let seed =
            ProcessInfo.processInfo.environment["SALONS_PROPERTY_SEED"].flatMap { UInt64($0) }
            ?? UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let worlds = 4
        var (found, pages) = (0, 0)
        for _ in 0..<worlds {
            let world = try await SearchWorld(salons: 500, generator: &generator)
            let oracle = BruteForce(world)
            try await Self.withSearch(implementation, world.store) { search in
                for number in 0..<implementation.searches / worlds {
                    let scope = world.scopes.randomElement(using: &generator)!
                    let query = try generator.query(world.salons[.marketplace]!)
                    let walked = try await Self.walk(search, query, scope, pages: number % 4 == 0 ? 4 : 1)
                    found += walked.hits.count
                    pages += walked.pages
                    if let complaint = Self.complaint(walked, query, scope, oracle) {
                        Issue.record("seed \(seed), search \(number), scope \(scope.audience): \(complaint)\n\(query)")
                        return
                    }
                }
            }
        }
        // A run that found next to nothing would prove nothing.
        #expect(found > implementation.searches && pages > implementation.searches, "seed \(seed)")
        print("\(implementation): \(implementation.searches) searches, \(pages) pages, \(found) hits, seed \(seed)")
    }

    // MARK: One search

    private struct Walk {
        var hits: [SalonHit] = []
        var pages = 0
        var hasMore = false
    }

    /// Follows a question page by page.
    private static func walk(
        _ search: any SalonSearch, _ query: SalonQuery, _ scope: TenantScope, pages: Int
    ) async throws -> Walk {
        var (query, walk) = (query, Walk())
        repeat {
            let page = try await search.search(query, scope: scope)
            walk.hits += page.hits
            walk.pages += 1
            walk.hasMore = page.hasMore
            if page.hasMore, page.hits.count != query.limit { break }
            query.after = page.hits.last?.key
        } while walk.hasMore && walk.pages < pages
        return walk
    }

    /// What is wrong with an answer, if anything.
    private static func complaint(
        _ walk: Walk, _ query: SalonQuery, _ scope: TenantScope, _ oracle: BruteForce
    ) -> String? {
        let (allowed, wanted) = oracle.hits(query, scope: scope)
        let limit = query.limit * walk.pages
        let count = walk.hasMore ? limit : walk.hits.count
        guard walk.hits.count == count, walk.hits.count <= limit else {
            return "\(walk.hits.count) hits on \(walk.pages) pages, more: \(walk.hasMore)"
        }
        guard (min(limit, wanted.count)...min(limit, allowed.count)).contains(walk.hits.count) else {
            return "found \(walk.hits.count) of \(wanted.count) on \(walk.pages) pages, more: \(walk.hasMore)"
        }
        guard walk.hasMore ? allowed.count > limit : wanted.count <= limit else {
            return "more: \(walk.hasMore), but there are \(wanted.count) for \(limit)"
        }
        guard Set(walk.hits.map(\.id)).count == walk.hits.count else { return "a salon comes twice" }
        let truth = Dictionary(uniqueKeysWithValues: allowed.map { ($0.id, $0) })
        for (index, hit) in walk.hits.enumerated() {
            guard let same = truth[hit.id], same.tenant == hit.tenant else { return "\(hit) should not be found" }
            guard isSamePlace(same.key, hit.key, within: 1e-3) else { return "\(hit) should be \(same)" }
            // In the place of the wanted hit may stand one that is as far, to a micrometre.
            guard wanted.count != allowed.count || isSamePlace(same.key, wanted[index].key, within: 1e-6) else {
                return "at \(index) stands \(same), not \(wanted[index])"
            }
        }
        return nil
    }

    private static func isSamePlace(_ left: SortKey, _ right: SortKey, within tolerance: Double) -> Bool {
        left.band == right.band && left.rank == right.rank
            && abs(left.distance.value - right.distance.value) < tolerance
    }

    private static func withSearch(
        _ implementation: Implementation, _ store: Store, _ body: (any SalonSearch) async throws -> Void
    ) async throws {
        switch implementation {
        case .postGIS: try await body(PostGISSearch(store.database))
        case .grid: try await withDirectory(on: store) { try await body(GridSearch($0)) }
        }
    }
}
