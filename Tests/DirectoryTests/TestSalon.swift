import Foundation
import Harness
import Salons
import SeededRandom

/// A salon as the fake database keeps it.
struct TestSalon: Sendable {
    var salon: Salon
    var version: Int64

    var id: SalonID { salon.id }
    var quality: Int32 {
        Rating.quality(tenths: salon.profile.rating?.tenths, count: salon.profile.rating?.count ?? 0)
    }
}

extension SplitMix64 {
    mutating func salon(tenants: [TenantID]) -> TestSalon {
        let hours = ["24/7", "Mo-Fr 09:00-17:00", "Mo-Su 20:00-02:00", "sunrise-sunset nonsense", nil]
        let tenant = Int.random(in: 0..<tenants.count * 3, using: &self)
        let profile = profile("\(next() % 1000)", hours: hours)
        // The first tenant has most of the salons, so that both ways through a tenant's salons are taken.
        return TestSalon(
            salon: Salon(
                id: SalonID(uuid()), tenant: tenants[tenant < tenants.count ? tenant : 0],
                tenantSlug: TenantSlug("a-tenant")!, profile: profile),
            version: Int64.random(in: 1...1_000_000, using: &self))
    }
}
