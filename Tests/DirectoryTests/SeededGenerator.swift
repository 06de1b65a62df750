import Foundation
import Geodesy
import Salons

/// SplitMix64: the same seed gives the same test on every machine.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    mutating func uuid() -> UUID {
        var value = (next(), next())
        return withUnsafeBytes(of: &value) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// Places where an index goes wrong: poles, ±180°, geohash cell edges, a city, one and the same spot, anywhere.
    mutating func position() -> Coordinate {
        func near(_ latitude: Double, _ longitude: Double, _ spread: Double) -> Coordinate {
            let moved = longitude + Double.random(in: -spread...spread, using: &self)
            return Coordinate(
                uncheckedLatitude: min(90, max(-90, latitude + Double.random(in: -spread...spread, using: &self))),
                longitude: moved > 180 ? moved - 360 : moved < -180 ? moved + 360 : moved)
        }
        switch Int.random(in: 0..<12, using: &self) {
        case 0: return near(90, Double.random(in: -180...180, using: &self), 0.3)
        case 1: return near(-90, Double.random(in: -180...180, using: &self), 0.3)
        case 2: return near(-17, 180, 0.3)
        case 3: return near(45, 0, 0.2)
        case 4: return near(0, 0, 0.2)
        case 5: return near(0, 90, 0.001)
        case 6:
            return Coordinate(
                uncheckedLatitude: [90, -90, 0, 45, 55.7][Int.random(in: 0..<5, using: &self)],
                longitude: [180, -180, 0, 90, 12.5][Int.random(in: 0..<5, using: &self)])
        case 7:
            return Coordinate(
                uncheckedLatitude: Double.random(in: -90...90, using: &self),
                longitude: Double.random(in: -180...180, using: &self))
        default: return near(55.7, 12.5, 0.25)
        }
    }

    mutating func salon(tenants: [TenantID]) -> TestSalon {
        let hours = ["24/7", "Mo-Fr 09:00-17:00", "Mo-Su 20:00-02:00", "sunrise-sunset nonsense", nil]
        let rated = Bool.random(using: &self)
        let tenant = Int.random(in: 0..<tenants.count * 3, using: &self)
        let profile = SalonProfile(
            name: "Salon \(next() % 1000)", location: position(), timeZone: "Europe/Copenhagen",
            categories: CategorySet(rawValue: UInt32(truncatingIfNeeded: next() & next()) & 0x7FFF),
            priceLevel: Bool.random(using: &self) ? Int16.random(in: 1...4, using: &self) : nil,
            rating: rated
                ? Rating(
                    tenths: Int16.random(in: 0...50, using: &self), count: Int32.random(in: 0...200, using: &self))
                : nil,
            attributes: AttributeSet(rawValue: UInt32(truncatingIfNeeded: next() | next()) & 0xFFF),
            openingHours: hours[Int.random(in: 0..<hours.count, using: &self)],
            source: SourceReference(source: "test", reference: "1"))
        // The first tenant has most of the salons, so that both ways through a tenant's salons are taken.
        return TestSalon(
            salon: Salon(
                id: SalonID(uuid()), tenant: tenants[tenant < tenants.count ? tenant : 0],
                tenantSlug: TenantSlug("a-tenant")!, profile: profile),
            version: Int64.random(in: 1...1_000_000, using: &self))
    }
}

/// A salon as the fake database keeps it.
struct TestSalon: Sendable {
    var salon: Salon
    var version: Int64

    var id: SalonID { salon.id }
    var quality: Int32 {
        Rating.quality(tenths: salon.profile.rating?.tenths, count: salon.profile.rating?.count ?? 0)
    }
}
