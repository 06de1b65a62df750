/// The members of a salon's JSON object that an answer shows.
public struct CardFields: OptionSet, Sendable, Hashable {
    /// One bit a member, in the order in which they are written.
    public let rawValue: UInt32

    /// Takes the bits.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// `id`.
    public static let id = CardFields(rawValue: 1 << 0)
    /// `tenant`.
    public static let tenant = CardFields(rawValue: 1 << 1)
    /// `name`.
    public static let name = CardFields(rawValue: 1 << 2)
    /// `location`.
    public static let location = CardFields(rawValue: 1 << 3)
    /// `address`.
    public static let address = CardFields(rawValue: 1 << 4)
    /// `categories`.
    public static let categories = CardFields(rawValue: 1 << 5)
    /// `attributes`.
    public static let attributes = CardFields(rawValue: 1 << 6)
    /// `rating` and `rating_count`.
    public static let rating = CardFields(rawValue: 1 << 7)
    /// `price_level`.
    public static let priceLevel = CardFields(rawValue: 1 << 8)
    /// `opening_hours`.
    public static let openingHours = CardFields(rawValue: 1 << 9)
    /// `website`.
    public static let website = CardFields(rawValue: 1 << 10)
    /// `phone`.
    public static let phone = CardFields(rawValue: 1 << 11)
    /// `time_zone`.
    public static let timeZone = CardFields(rawValue: 1 << 12)
    /// `distance_m`; written after `location`, when there is a distance.
    public static let distance = CardFields(rawValue: 1 << 13)
    /// `open_now`, `opens_at`, `closes_at` and `hours_unknown`; written last, when there is an instant to judge by.
    public static let openNow = CardFields(rawValue: 1 << 14)

    /// Every member.
    public static let all = CardFields(rawValue: 1 << 15 - 1)

    /// How many members are kept rendered: those of the bits 0 to 12.
    static let segmentCount = 13

    private static let named: [String: CardFields] = [
        "id": .id, "tenant": .tenant, "name": .name, "location": .location, "address": .address,
        "categories": .categories, "attributes": .attributes, "rating": .rating, "rating_count": .rating,
        "price_level": .priceLevel, "opening_hours": .openingHours, "website": .website, "phone": .phone,
        "time_zone": .timeZone, "distance_m": .distance, "open_now": .openNow, "opens_at": .openNow,
        "closes_at": .openNow, "hours_unknown": .openNow,
    ]

    /// The field that writes a member of this name; nil when no member is called so.
    public init?(member name: String) {
        guard let fields = Self.named[name] else { return nil }
        self = fields
    }
}
