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
}

/// The members of a salon's JSON object by their names, in the order in which the document shows them.
public enum CardMember: String, Sendable, CaseIterable {
    case id
    case tenant
    case name
    case location
    case distance = "distance_m"
    case address
    case categories
    case attributes
    case rating
    case ratingCount = "rating_count"
    case priceLevel = "price_level"
    case openingHours = "opening_hours"
    case website
    case phone
    case timeZone = "time_zone"
    case openNow = "open_now"
    case opensAt = "opens_at"
    case closesAt = "closes_at"
    case hoursUnknown = "hours_unknown"

    /// The field that writes it.
    public var field: CardFields {
        switch self {
        case .id: .id
        case .tenant: .tenant
        case .name: .name
        case .location: .location
        case .distance: .distance
        case .address: .address
        case .categories: .categories
        case .attributes: .attributes
        case .rating, .ratingCount: .rating
        case .priceLevel: .priceLevel
        case .openingHours: .openingHours
        case .website: .website
        case .phone: .phone
        case .timeZone: .timeZone
        case .openNow, .opensAt, .closesAt, .hoursUnknown: .openNow
        }
    }
}

extension CardFields {
    /// The field that writes the member of this name; nil when no member is called so.
    public init?(member name: String) {
        guard let member = CardMember(rawValue: name) else { return nil }
        self = member.field
    }
}
