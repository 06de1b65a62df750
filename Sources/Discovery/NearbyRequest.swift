public import Directory
public import Geodesy

/// What a customer asks: which salons are near.
public struct NearbyRequest: Sendable {
    /// The point that distances are measured from.
    public var origin: Coordinate
    /// Where to look.
    public var region: SearchRegion
    /// Conditions; `openAt` is set here only when the customer named an instant.
    public var filter: SalonFilter
    /// Only salons that are open at the moment of asking.
    public var openNow: Bool
    /// Order of the answer.
    public var order: SearchOrder
    /// Salons a page, 1 to 100.
    public var limit: Int
    /// `next_cursor` of the page before.
    public var cursor: String?
    /// Which members each salon has.
    public var fields: CardFields
    /// Text that is equal for equal questions, whatever the order in which parameters came: binds the cursor and names
    /// the answer in the cache. The region is part of it, the page is not.
    public var canonical: String

    /// The largest radius that may be asked for.
    public static let longestRadius = Meters(50_000)
    /// Salons a page unless said.
    public static let usualPage = 20
    /// The most salons of a page.
    public static let longestPage = 100

    /// Makes a request with the usual page of 20 whole cards by distance.
    public init(
        origin: Coordinate, region: SearchRegion, filter: SalonFilter = SalonFilter(), openNow: Bool = false,
        order: SearchOrder = .distance, limit: Int = usualPage, cursor: String? = nil, fields: CardFields = .all,
        canonical: String
    ) {
        self.origin = origin
        self.region = region
        self.filter = filter
        self.openNow = openNow
        self.order = order
        self.limit = limit
        self.cursor = cursor
        self.fields = fields
        self.canonical = canonical
    }

    /// Whether the answer may cost more than a round trip to the cache: an order that must see all of the region, or a
    /// region that the grid filters salon by salon.
    public var isCostly: Bool {
        switch region {
        case .area: true
        case .box, .circle, .everywhere: order != .distance
        }
    }
}
