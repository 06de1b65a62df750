import Foundation
import Geodesy
import Geometry
import Harness
import OpeningHours
import Salons
import SeededRandom

@testable import Directory

/// The answer by looking at every salon, with as little in common with the grid as can be.
struct Oracle {
    let salons: [TestSalon]
    /// Whether each text of hours is open at each of the instants that are asked for.
    private let isOpen: [Date: [String: Bool]]

    init(salons: [TestSalon], instants: [Date] = []) {
        self.salons = salons
        let texts = Set(salons.compactMap(\.salon.profile.openingHours))
        var isOpen: [Date: [String: Bool]] = [:]
        for instant in instants {
            for text in texts {
                let state = OpeningHours(text).state(at: instant, in: Self.zone, holidays: .of(country: ""))
                isOpen[instant, default: [:]][text] = state.status == .open
            }
        }
        self.isOpen = isOpen
    }

    private static let zone = TimeZone(identifier: "Europe/Copenhagen")!

    func keys(_ query: SalonQuery) -> [SortKey] {
        var keys: [SortKey] = []
        for salon in salons where passes(salon.salon, query) {
            let distance = distance(query.origin, salon.salon.profile.location)
            guard isInside(salon.salon.profile.location, distance, query.region) else { continue }
            let key = query.order.key(distance: distance, quality: salon.quality, id: salon.id)
            if let after = query.after, !(after < key) { continue }
            keys.append(key)
        }
        return keys.sorted()
    }

    private func distance(_ from: Coordinate, _ to: Coordinate) -> Meters {
        let (start, end) = (EarthCenteredPoint(from), EarthCenteredPoint(to))
        return start.chordSquared(to: end) <= 1e10
            ? Meters(EarthCenteredPoint.shortGeodesic(from: start, to: end)) : Geodesic.distance(from, to)
    }

    private func isInside(_ position: Coordinate, _ distance: Meters, _ region: SearchRegion) -> Bool {
        switch region {
        case .everywhere: true
        case .circle(let radius): distance <= radius
        case .box(let box): box.contains(position)
        case .area(let area): area.contains(position)
        }
    }

    func passes(_ salon: Salon, _ query: SalonQuery) -> Bool {
        let filter = query.filter
        let profile = salon.profile
        if let tenant = query.tenant, tenant != salon.tenant { return false }
        if !filter.categories.isEmpty, filter.categories.isDisjoint(with: profile.categories) { return false }
        if !filter.excludedCategories.isDisjoint(with: profile.categories) { return false }
        if !filter.attributes.isSubset(of: profile.attributes) { return false }
        if let least = filter.minimumRatingTenths, (profile.rating?.tenths ?? -1) < least { return false }
        if filter.priceLevels != 0 {
            guard let level = profile.priceLevel, filter.priceLevels & (1 << UInt8(level)) != 0 else { return false }
        }
        if let instant = filter.openAt {
            guard let text = profile.openingHours, isOpen[instant]?[text] == true else { return false }
        }
        return true
    }
}

extension SplitMix64 {
    mutating func query(_ salons: [TestSalon], tenants: [TenantID], instants: [Date]) throws -> SalonQuery {
        // Half of the origins are salons: distance 0 and coincident salons.
        let origin =
            Bool.random(using: &self)
            ? salons[Int.random(in: 0..<salons.count, using: &self)].salon.profile.location : position()
        var query = SalonQuery(origin: origin, region: try region(around: origin))
        query.limit = Int.random(in: 1...100, using: &self)
        query.order = [.distance, .distance, .rating, .distanceBandThenRating][Int.random(in: 0..<4, using: &self)]
        if Int.random(in: 0..<4, using: &self) == 0 {
            query.tenant = tenants[Int.random(in: 0..<tenants.count, using: &self)]
        }
        if Int.random(in: 0..<3, using: &self) == 0 {
            query.filter.categories = CategorySet(rawValue: UInt32(truncatingIfNeeded: next() & next()) & 0x7FFF)
        }
        if Int.random(in: 0..<6, using: &self) == 0 {
            query.filter.excludedCategories = CategorySet(rawValue: 1 << UInt32.random(in: 0..<15, using: &self))
        }
        if Int.random(in: 0..<5, using: &self) == 0 {
            query.filter.attributes = AttributeSet(rawValue: 1 << UInt32.random(in: 0..<12, using: &self))
        }
        if Int.random(in: 0..<5, using: &self) == 0 {
            query.filter.minimumRatingTenths = Int16.random(in: 0...50, using: &self)
        }
        if Int.random(in: 0..<5, using: &self) == 0 {
            query.filter.priceLevels = UInt8.random(in: 1..<16, using: &self) << 1
        }
        if Int.random(in: 0..<5, using: &self) == 0 {
            query.filter.openAt = instants[Int.random(in: 0..<instants.count, using: &self)]
        }
        return query
    }
}
