import Directory
import Foundation
import Geodesy
import Geometry
import Harness
import Salons
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

    init(salons count: Int, generator: inout SeededGenerator) async throws {
        store = try await Store.migrated()
        var tenants: [TenantScope] = []
        for slug in ["one", "two", "three"] { tenants.append(try await store.tenant(slug)) }
        var salons: [TenantScope: [Salon]] = [.marketplace: []]
        for (index, tenant) in tenants.enumerated() {
            // The first tenant has most, the last few.
            let share = [count * 6 / 10, count * 3 / 10, count / 10][index]
            let rows = (0..<share).map { number in
                ImportedSalon(profile: generator.profile("\(number)", hours: Self.hours, places: Self.places))
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

extension SeededGenerator {
    /// Poles, ±180°, cell edges, one and the same spot, anywhere, and most often Denmark.
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
        case 4:
            let box = GeohashCell(near(55.7, 12.5, 0.3)).boundingBox
            return Coordinate(uncheckedLatitude: box.south, longitude: box.west)
        case 5:
            return Coordinate(
                uncheckedLatitude: [90, -90, 0, 45, 55.7].randomElement(using: &self)!,
                longitude: [180, -180, 0, 90, 12.5].randomElement(using: &self)!)
        case 6:
            return Coordinate(
                uncheckedLatitude: Double.random(in: -90...90, using: &self),
                longitude: Double.random(in: -180...180, using: &self))
        default: return near(55.7, 12.5, 0.25)
        }
    }

    mutating func profile(_ reference: String, hours: [String?], places: [(String, String?)]) -> SalonProfile {
        let place = places.randomElement(using: &self)!
        let isRated = Bool.random(using: &self)
        return SalonProfile(
            name: "Salon \(reference)", address: Address(country: place.1), location: position(), timeZone: place.0,
            categories: CategorySet(rawValue: UInt32(truncatingIfNeeded: next() & next()) & 0x7FFF),
            priceLevel: Bool.random(using: &self) ? Int16.random(in: 1...4, using: &self) : nil,
            rating: isRated
                ? Rating(
                    tenths: Int16.random(in: 0...50, using: &self), count: Int32.random(in: 0...200, using: &self))
                : nil,
            attributes: AttributeSet(rawValue: UInt32(truncatingIfNeeded: next() | next()) & 0xFFF),
            openingHours: hours.randomElement(using: &self)!,
            status: [.published, .published, .published, .draft, .closed].randomElement(using: &self)!,
            source: SourceReference(source: "test", reference: reference))
    }

    mutating func region(around origin: Coordinate) throws -> SearchRegion {
        switch Int.random(in: 0..<9, using: &self) {
        case 0, 1: return .everywhere
        case 2: return .circle(radius: Meters([0, 1, 50_000].randomElement(using: &self)!))
        case 3, 4: return .circle(radius: Meters(pow(10, Double.random(in: 1...4.7, using: &self))))
        case 5: return .circle(radius: Meters(Double.random(in: 0...300_000, using: &self)))
        case 6, 7:
            // Going west or east over ±180° makes a box that crosses it.
            let west = origin.longitude - Double.random(in: 0...2, using: &self)
            let east = origin.longitude + Double.random(in: 0...2, using: &self)
            return .box(
                try BoundingBox(
                    west: west < -180 ? west + 360 : west,
                    south: max(-90, origin.latitude - Double.random(in: 0...1, using: &self)),
                    east: east > 180 ? east - 360 : east,
                    north: min(90, origin.latitude + Double.random(in: 0...1, using: &self))))
        default:
            let size = Double.random(in: 0.01...0.5, using: &self)
            func corner(_ north: Double, _ east: Double) -> Coordinate {
                Coordinate(
                    uncheckedLatitude: min(90, max(-90, origin.latitude + north * size)),
                    longitude: min(180, max(-180, origin.longitude + east * size)))
            }
            let outer = [corner(0, -1), corner(-1, 0), corner(0, 1), corner(0.3, 0), corner(0, -1)]
            let hole = [corner(0, -0.1), corner(-0.1, 0), corner(0, 0.1), corner(0, -0.1)]
            let rings = Bool.random(using: &self) ? [outer] : [outer, hole]
            // At a pole the corners fall together and make no polygon.
            guard let polygon = try? Polygon(rings: rings), let area = try? PreparedArea(polygon) else {
                return .everywhere
            }
            return .area(area)
        }
    }

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
