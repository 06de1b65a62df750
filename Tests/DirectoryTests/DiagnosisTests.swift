import Foundation
import Geodesy
import Logging
import Salons
import Testing

@testable import Directory

/// What an empty answer says of itself.
struct DiagnosisTests {
    private let origin = Coordinate(uncheckedLatitude: 55, longitude: 12)

    private func view(_ profiles: [(CategorySet, Int16?)], latitude: Double = 55.001) -> Snapshot {
        let tenants = TenantTable()
        var staging = Staging(tenants: tenants, hours: HoursTable(), cold: ColdStore.Builder(expected: 4096))
        for (categories, price) in profiles {
            let profile = SalonProfile(
                name: "S", location: Coordinate(uncheckedLatitude: latitude, longitude: 12),
                timeZone: "Europe/Copenhagen", categories: categories, priceLevel: price,
                source: SourceReference(source: "s", reference: "r"))
            let salon = Salon(
                id: SalonID(UUID()), tenant: TenantID(UUID()), tenantSlug: TenantSlug("t")!, profile: profile)
            CardEncoder.withRow(of: salon) { staging.append($0) }
        }
        return Snapshot(
            levels: [Level(grid: staging.finish(byTenant: true), removed: nil)], tenants: tenants, hours: HoursTable(),
            version: 1)
    }

    @Test func `names the one condition that most salons fail alone`() throws {
        let view = view([([.init(rawValue: 1)], 1), ([.init(rawValue: 1)], 2), ([.init(rawValue: 2)], 3), ([], 1)])
        let query = SalonQuery(
            origin: origin, region: .circle(radius: 1_000),
            filter: SalonFilter(categories: CategorySet(rawValue: 1), priceLevels: 1 << 3))
        #expect(try view.search(query).hits.isEmpty)
        let diagnosis = try view.diagnose(query)
        #expect(diagnosis.withinRegion == 4)
        #expect(diagnosis.removed == [.category: 2, .price: 3])
        #expect(diagnosis.relax == .price)
        #expect(diagnosis.nearest == nil && !diagnosis.isPartial)
    }

    @Test func `tells how far the nearest match is when no condition is to blame`() throws {
        let view = view([([], nil)], latitude: 56)
        let diagnosis = try view.diagnose(SalonQuery(origin: origin, region: .circle(radius: 1_000)))
        #expect(diagnosis.withinRegion == 0 && diagnosis.removed.isEmpty)
        #expect(diagnosis.relax == .radius)
        let distance = Geodesic.distance(origin, Coordinate(uncheckedLatitude: 56, longitude: 12)).value
        #expect(abs((diagnosis.nearest?.value ?? 0) - distance) < 1e-3)
    }

    @Test func `has no advice where there is nothing at all`() throws {
        let view = view([])
        let diagnosis = try view.diagnose(SalonQuery(origin: origin, region: .everywhere))
        #expect(diagnosis.relax == nil && diagnosis.nearest == nil)
    }
}
