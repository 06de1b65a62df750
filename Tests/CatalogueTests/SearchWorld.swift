import Directory
import Foundation
import Geodesy
import Geometry
import Harness
import Salons
import SeededRandom
import Tenancy

@testable import Catalogue

/// Salons in the places where an index goes wrong, in a database and all in memory too.
struct SearchWorld: Sendable {
    let store: Store
    let scopes: [TenantScope]
    /// What each scope may find; the marketplace is the last scope.
    let salons: [TenantScope: [Salon]]

    static let instants = [1_700_000_000.0, 1_700_040_000, 1_703_500_000].map { Date(timeIntervalSince1970: $0) }
    private static let hours = ["24/7", "Mo-Fr 09:00-17:00", "Mo-Su 20:00-02:00", "PH off; We 10:00-11:00", "?!", nil]
    private static let places = [("Europe/Copenhagen", "DK"), ("Pacific/Fiji", "FJ"), ("UTC", nil)]

    init(salons count: Int, generator: inout SplitMix64) async throws {
        store = try await Store.migrated()
        var tenants: [TenantScope] = []
        for slug in ["one", "two", "three"] { tenants.append(try await store.tenant(slug)) }
        var salons: [TenantScope: [Salon]] = [.marketplace: []]
        for (index, tenant) in tenants.enumerated() {
            // The first tenant has most, the last few.
            let share = [count * 6 / 10, count * 3 / 10, count / 10][index]
            let rows = (0..<share).map { number in
                ImportedSalon(
                    profile: generator.profile(
                        "\(number)", hours: Self.hours, places: Self.places,
                        statuses: [.published, .published, .published, .draft, .closed]))
            }
            let repository = SalonRepository(store.database, scope: tenant)
            _ = try await repository.upsert(rows)
            let published = try await repository.salons(source: "test", limit: share)
                .filter { $0.profile.status == .published }
            salons[tenant] = published
            salons[.marketplace, default: []] += published
        }
        self.salons = salons
        scopes = tenants + [.marketplace]
    }
}

extension SplitMix64 {
    /// A question about a world; every condition comes alone and with others.
    mutating func query(_ salons: [Salon]) throws -> SalonQuery {
        // Half of the origins are salons: distance 0, and salons on one spot.
        let origin = Bool.random(using: &self) ? salons.randomElement(using: &self)!.profile.location : position()
        var query = SalonQuery(origin: origin, region: try region(around: origin))
        query.limit = Int.random(in: 1...100, using: &self)
        query.order = [.distance, .distance, .rating, .distanceBandThenRating].randomElement(using: &self)!
        func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }
        if chance(3) {
            query.filter.categories = CategorySet(rawValue: UInt32(truncatingIfNeeded: next() & next()) & 0x7FFF)
        }
        if chance(6) {
            query.filter.excludedCategories = CategorySet(rawValue: 1 << UInt32.random(in: 0..<15, using: &self))
        }
        if chance(5) { query.filter.attributes = AttributeSet(rawValue: 1 << UInt32.random(in: 0..<12, using: &self)) }
        if chance(5) { query.filter.minimumRatingTenths = Int16.random(in: 0...50, using: &self) }
        if chance(5) { query.filter.priceLevels = UInt8.random(in: 1..<16, using: &self) << 1 }
        if chance(5) { query.filter.openAt = SearchWorld.instants.randomElement(using: &self)! }
        return query
    }
}
