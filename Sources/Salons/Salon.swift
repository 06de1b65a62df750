public import Geodesy

/// Where a salon stands in its life. Only `published` ones are shown to the marketplace.
public enum SalonStatus: String, Sendable, CaseIterable {
    case draft
    case published
    case closed
}

/// Names a row of a source, so that importing it again updates the same salon.
public struct SourceReference: Sendable, Hashable {
    /// Name of the source, such as a file's name or `openstreetmap`.
    public let source: String
    /// Key of the row, unique in its source.
    public let reference: String

    /// Pairs a source with a key in it.
    public init(source: String, reference: String) {
        self.source = source
        self.reference = reference
    }
}

/// What is known of one salon, without its identity: what an import or an owner writes.
public struct SalonProfile: Sendable, Hashable {
    /// Display name, never empty.
    public var name: String
    /// Postal address.
    public var address: Address
    /// Position of the entrance on WGS 84.
    public var location: Coordinate
    /// IANA time zone in which opening hours are meant, such as `Europe/Copenhagen`; nil where it is not known, and
    /// then neither is when the salon is open.
    public var timeZone: String?
    /// What the salon does.
    public var categories: CategorySet
    /// 1 (cheap) to 4 (expensive).
    public var priceLevel: Int16?
    /// Customers' rating.
    public var rating: Rating?
    /// Properties that a customer may insist on.
    public var attributes: AttributeSet
    /// Opening hours in the OpenStreetMap syntax, as given.
    public var openingHours: String?
    /// Absolute `http` or `https` URL.
    public var website: String?
    /// Telephone number as given.
    public var phone: String?
    /// Where it stands in its life.
    public var status: SalonStatus
    /// Where the row came from.
    public var source: SourceReference

    /// Makes a profile; only a name, a position and a source are needed.
    public init(
        name: String, address: Address = Address(), location: Coordinate, timeZone: String? = nil,
        categories: CategorySet = [], priceLevel: Int16? = nil, rating: Rating? = nil, attributes: AttributeSet = [],
        openingHours: String? = nil, website: String? = nil, phone: String? = nil, status: SalonStatus = .published,
        source: SourceReference
    ) {
        self.name = name
        self.address = address
        self.location = location
        self.timeZone = timeZone
        self.categories = categories
        self.priceLevel = priceLevel
        self.rating = rating
        self.attributes = attributes
        self.openingHours = openingHours
        self.website = website
        self.phone = phone
        self.status = status
        self.source = source
    }
}

/// One salon of one tenant.
public struct Salon: Sendable, Hashable {
    /// Identity over all tenants.
    public let id: SalonID
    /// The business that owns it.
    public let tenant: TenantID
    /// Public name of that business.
    public let tenantSlug: TenantSlug
    /// What is known of it.
    public var profile: SalonProfile

    /// Puts a profile under its identity.
    public init(id: SalonID, tenant: TenantID, tenantSlug: TenantSlug, profile: SalonProfile) {
        self.id = id
        self.tenant = tenant
        self.tenantSlug = tenantSlug
        self.profile = profile
    }
}
