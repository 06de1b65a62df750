public import Foundation
public import Geodesy
public import Geometry
public import Salons

/// Where to look. Every distance is measured from the query's origin.
public enum SearchRegion: Sendable {
    /// Everything, nearest first: k-nearest without a radius.
    case everywhere
    /// At most this far from the origin, the boundary included.
    case circle(radius: Meters)
    /// Inside a box, its edges included.
    case box(BoundingBox)
    /// Inside a polygon, its boundary included.
    case area(PreparedArea)
}

/// Conditions that a salon must meet, all of them.
public struct SalonFilter: Sendable {
    /// Any one of these categories; empty asks for none.
    public var categories: CategorySet
    /// None of these categories.
    public var excludedCategories: CategorySet
    /// All of these attributes.
    public var attributes: AttributeSet
    /// At least this mean rating, in tenths of a star; an unrated salon does not pass.
    public var minimumRatingTenths: Int16?
    /// One of these price levels, bit n for level n (1 to 4); 0 asks for none. A salon of unknown price does not pass.
    public var priceLevels: UInt8
    /// Open at this instant by understood opening hours; unknown hours do not pass.
    public var openAt: Date?

    /// A filter that every salon passes unless told otherwise.
    public init(
        categories: CategorySet = [], excludedCategories: CategorySet = [], attributes: AttributeSet = [],
        minimumRatingTenths: Int16? = nil, priceLevels: UInt8 = 0, openAt: Date? = nil
    ) {
        self.categories = categories
        self.excludedCategories = excludedCategories
        self.attributes = attributes
        self.minimumRatingTenths = minimumRatingTenths
        self.priceLevels = priceLevels
        self.openAt = openAt
    }
}

/// The order of the answer. Each is total: the last keys are always the distance and then the identifier.
public enum SearchOrder: Sendable, Hashable {
    /// Nearest first.
    case distance
    /// Best `Rating.quality` first.
    case rating
    /// By distance band, and within a band best quality first.
    case distanceBandThenRating
}

/// The outer edges, in metres, of the bands of `SearchOrder.distanceBandThenRating`; beyond the last is one more band.
public let distanceBandEdges: [Double] = [250, 500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000]

/// The place of a salon in an order: what a page's cursor holds, so that the next page begins after it.
public struct SortKey: Sendable, Hashable, Comparable {
    /// Distance band for `distanceBandThenRating`, else 0.
    public let band: UInt8
    /// What is compared after the band, the lowest first: the negated quality, the minute of a start, or 0.
    public let rank: Int32
    /// Geodesic distance from the origin.
    public let distance: Meters
    /// Breaks the last tie.
    public let id: SalonID

    /// Builds a key; use `SearchOrder.key` for a salon's.
    public init(band: UInt8, rank: Int32, distance: Meters, id: SalonID) {
        self.band = band
        self.rank = rank
        self.distance = distance
        self.id = id
    }

    /// Lexicographic over band, rank, distance and identifier.
    public static func < (left: SortKey, right: SortKey) -> Bool {
        if left.band != right.band { return left.band < right.band }
        if left.rank != right.rank { return left.rank < right.rank }
        if left.distance != right.distance { return left.distance < right.distance }
        return left.id < right.id
    }
}

extension SearchOrder {
    /// The place in this order of a salon at a distance with a quality.
    public func key(distance: Meters, quality: Int32, id: SalonID) -> SortKey {
        switch self {
        case .distance: SortKey(band: 0, rank: 0, distance: distance, id: id)
        case .rating: SortKey(band: 0, rank: -quality, distance: distance, id: id)
        case .distanceBandThenRating:
            SortKey(
                band: UInt8(distanceBandEdges.firstIndex { distance.value <= $0 } ?? distanceBandEdges.count),
                rank: -quality, distance: distance, id: id)
        }
    }
}

/// One search: an origin, a region, conditions, an order and how many.
public struct SalonQuery: Sendable {
    /// The point that distances are measured from.
    public var origin: Coordinate
    /// Where to look.
    public var region: SearchRegion
    /// Conditions on the salons.
    public var filter: SalonFilter
    /// Only this tenant's salons; nil searches the whole marketplace.
    public var tenant: TenantID?
    /// Order of the answer.
    public var order: SearchOrder
    /// At most this many, 1 or more.
    public var limit: Int
    /// Only what comes after this place in the order: the last of the page before.
    public var after: SortKey?

    /// Makes a query.
    public init(
        origin: Coordinate, region: SearchRegion, filter: SalonFilter = SalonFilter(), tenant: TenantID? = nil,
        order: SearchOrder = .distance, limit: Int = 20, after: SortKey? = nil
    ) {
        self.origin = origin
        self.region = region
        self.filter = filter
        self.tenant = tenant
        self.order = order
        self.limit = limit
        self.after = after
    }
}
