public import Geodesy
import Salons

/// Why a search found nothing, and what would help.
public struct Diagnosis: Sendable, Hashable {
    /// One condition of a query.
    public enum Condition: String, Sendable, Hashable, CaseIterable {
        case category
        case exclude
        case attributes
        case minimumRating = "min_rating"
        case price
        case openNow = "open_now"
        case radius
    }

    /// Salons in the region, before any condition.
    public let withinRegion: Int
    /// How many of them each condition that was asked for removes, by itself.
    public let removed: [Condition: Int]
    /// Of the salons that are not known to be open, how many have hours that say nothing sure, by the reason.
    public let hoursUnknown: [String: Int]
    /// The single condition without which most salons are found; nil when none helps by itself.
    public let relax: Condition?
    /// How far the nearest salon is that meets all conditions, where widening the region is what helps.
    public let nearest: Meters?
    /// Whether the region held more salons than were counted.
    public let isPartial: Bool
}

extension Snapshot {
    /// Salons counted at most: keeps the question bounded in the middle of a metropolis.
    private static let effort = 100_000

    func diagnose(_ query: SalonQuery) throws(DirectoryError) -> Diagnosis {
        let conditions = query.filter.conditions
        var removed = [Int](repeating: 0, count: conditions.count)
        var helped = removed
        var within = 0
        var hoursUnknown: [String: Int] = [:]
        let openMinute = query.filter.openAt.map { HoursEntry.minute(of: $0) }
        var tenant: UInt32?
        var isKnownTenant = true
        if let wanted = query.tenant {
            tenant = tenants.existingNumber(of: wanted)
            isKnownTenant = tenant != nil
        }
        let filters = conditions.map { CandidateFilter($0.filter, tenant: nil, hours: hours) }
        var everything = query
        everything.filter = SalonFilter()
        everything.after = nil
        everything.order = .distance
        everything.limit = Self.effort
        let found = isKnownTenant ? try search(everything).hits : []
        for hit in found.prefix(Self.effort) {
            let (grid, position) = grid(hit.place)
            within += 1
            var failed = 0
            var lastFailed = 0
            for (index, filter) in filters.enumerated() where !filter.passes(grid, position) {
                removed[index] += 1
                failed += 1
                lastFailed = index
            }
            if failed == 1 { helped[lastFailed] += 1 }
            if let openMinute, let reason = hours.state(grid.hours[position], minute: openMinute).reason {
                hoursUnknown[reason, default: 0] += 1
            }
        }
        var relax: Diagnosis.Condition?
        if let best = helped.indices.max(by: { helped[$0] < helped[$1] }), helped[best] > 0 {
            relax = conditions[best].condition
        }
        var nearest: Meters?
        if relax == nil {
            var wider = query
            wider.region = .everywhere
            wider.after = nil
            wider.order = .distance
            wider.limit = 1
            nearest = try search(wider).hits.first?.distance
            if nearest != nil { relax = .radius }
        }
        return Diagnosis(
            withinRegion: within,
            removed: Dictionary(uniqueKeysWithValues: zip(conditions.map(\.condition), removed)),
            hoursUnknown: hoursUnknown, relax: relax,
            nearest: nearest, isPartial: found.count > Self.effort)
    }
}

extension SalonFilter {
    /// Each condition that asks for something, as a filter of its own.
    fileprivate var conditions: [(condition: Diagnosis.Condition, filter: SalonFilter)] {
        var conditions: [(Diagnosis.Condition, SalonFilter)] = []
        if !categories.isEmpty { conditions.append((.category, SalonFilter(categories: categories))) }
        if !excludedCategories.isEmpty {
            conditions.append((.exclude, SalonFilter(excludedCategories: excludedCategories)))
        }
        if !attributes.isEmpty { conditions.append((.attributes, SalonFilter(attributes: attributes))) }
        if let minimumRatingTenths {
            conditions.append((.minimumRating, SalonFilter(minimumRatingTenths: minimumRatingTenths)))
        }
        if priceLevels != 0 { conditions.append((.price, SalonFilter(priceLevels: priceLevels))) }
        if let openAt { conditions.append((.openNow, SalonFilter(openAt: openAt))) }
        return conditions
    }
}
