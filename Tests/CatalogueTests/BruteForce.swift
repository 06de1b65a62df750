import Catalogue
import Directory
import Discovery
import Foundation
import Geodesy
import Geometry
import OpeningHours
import Salons
import Tenancy

/// The answer by looking at every salon and measuring with PROJ: nothing in common with the grid or with SQL.
struct BruteForce {
    private let world: SearchWorld
    /// Whether each text of hours in each place is open at each of the instants that are asked for.
    private let isOpen: [Moment: Bool]

    private struct Moment: Hashable {
        let text: String
        let zone: String
        let country: String?
        let instant: Date
    }

    init(_ world: SearchWorld) {
        self.world = world
        var isOpen: [Moment: Bool] = [:]
        for profile in (world.salons[.marketplace] ?? []).map(\.profile) {
            guard let text = profile.openingHours else { continue }
            for instant in SearchWorld.instants {
                let country = profile.address.country
                let moment = Moment(text: text, zone: profile.timeZone ?? "", country: country, instant: instant)
                guard isOpen[moment] == nil else { continue }
                guard let zone = profile.timeZone.flatMap({ TimeZone(identifier: $0) }) else { continue }
                let state = OpeningHours(text).state(at: instant, in: zone, holidays: .of(country: country ?? ""))
                isOpen[moment] = state.status == .open
            }
        }
        self.isOpen = isOpen
    }

    /// All that a query may find, in order, whatever its limit and page, and of these what it must find: on a circle's
    /// edge, to a micrometre, ways of measuring may differ. With a radius of zero that leaves what has the origin's
    /// very numbers: a pole and the meridian of 180° have several names.
    func hits(_ query: SalonQuery, scope: TenantScope) -> (possible: [SalonHit], certain: [SalonHit]) {
        var radius = Double.infinity
        if case .circle(let given) = query.region { radius = given.value }
        var certain: Set<SalonID> = []
        var hits: [SalonHit] = []
        for salon in world.salons[scope] ?? [] where passes(salon.profile, query.filter) {
            let distance = Geodesic.distance(query.origin, salon.profile.location)
            switch query.region {
            case .everywhere: break
            case .circle: guard distance.value <= radius + 1e-6 else { continue }
            case .box(let box): guard box.contains(salon.profile.location) else { continue }
            case .area(let area): guard area.contains(salon.profile.location) else { continue }
            }
            let rating = salon.profile.rating
            let quality = Rating.quality(tenths: rating?.tenths, count: rating?.count ?? 0)
            let key = query.order.key(distance: distance, quality: quality, id: salon.id)
            if distance.value <= radius - 1e-6 || salon.profile.location == query.origin { certain.insert(salon.id) }
            hits.append(SalonHit(id: salon.id, tenant: salon.tenant, key: key))
        }
        hits.sort { $0.key < $1.key }
        return (hits, hits.filter { certain.contains($0.id) })
    }

    private func passes(_ profile: SalonProfile, _ filter: SalonFilter) -> Bool {
        if !filter.categories.isEmpty, filter.categories.isDisjoint(with: profile.categories) { return false }
        if !filter.excludedCategories.isDisjoint(with: profile.categories) { return false }
        if !filter.attributes.isSubset(of: profile.attributes) { return false }
        if let least = filter.minimumRatingTenths, (profile.rating?.tenths ?? -1) < least { return false }
        if filter.priceLevels != 0 {
            guard let level = profile.priceLevel, filter.priceLevels & (1 << UInt8(level)) != 0 else { return false }
        }
        if let instant = filter.openAt {
            guard let text = profile.openingHours else { return false }
            let moment = Moment(
                text: text, zone: profile.timeZone ?? "", country: profile.address.country, instant: instant)
            return isOpen[moment] == true
        }
        return true
    }
}
