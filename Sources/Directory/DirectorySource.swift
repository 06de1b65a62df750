public import Foundation
public import Salons

/// One published salon as it streams out of the database. The buffers are valid only during the call that got them, so
/// that a million rows are read without a million allocations. Texts are UTF-8; an unknown one is nil.
public struct PublishedRow: ~Copyable {
    /// Owning tenant.
    public var tenant: UUID
    /// Identity.
    public var id: UUID
    /// Raised at each change of the row; what reconciliation compares.
    public var version: Int64
    /// 60-bit geohash of the position.
    public var cell: UInt64
    /// WGS 84 degrees.
    public var latitude: Double
    /// WGS 84 degrees.
    public var longitude: Double
    /// `CategorySet.rawValue`.
    public var categoryBits: UInt32
    /// `AttributeSet.rawValue`.
    public var attributeBits: UInt32
    /// 1 to 4, or nil.
    public var priceLevel: Int16?
    /// Mean rating in tenths of a star, or nil.
    public var ratingTenths: Int16?
    /// Number of ratings.
    public var ratingCount: Int32
    /// The tenant's slug.
    public var tenantSlug: UnsafeRawBufferPointer
    /// Display name.
    public var name: UnsafeRawBufferPointer
    /// IANA time zone.
    public var timeZone: UnsafeRawBufferPointer?
    /// OpenStreetMap opening hours.
    public var openingHours: UnsafeRawBufferPointer?
    /// Address part.
    public var street: UnsafeRawBufferPointer?
    /// Address part.
    public var housenumber: UnsafeRawBufferPointer?
    /// Address part.
    public var floorDoor: UnsafeRawBufferPointer?
    /// Address part.
    public var postcode: UnsafeRawBufferPointer?
    /// Address part.
    public var city: UnsafeRawBufferPointer?
    /// ISO 3166-1 alpha-2.
    public var country: UnsafeRawBufferPointer?
    /// Absolute URL.
    public var website: UnsafeRawBufferPointer?
    /// Telephone number.
    public var phone: UnsafeRawBufferPointer?

    /// Gathers the fields of one row.
    public init(
        tenant: UUID, id: UUID, version: Int64, cell: UInt64, latitude: Double, longitude: Double,
        categoryBits: UInt32, attributeBits: UInt32, priceLevel: Int16?, ratingTenths: Int16?, ratingCount: Int32,
        tenantSlug: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer, timeZone: UnsafeRawBufferPointer?,
        openingHours: UnsafeRawBufferPointer?, street: UnsafeRawBufferPointer?, housenumber: UnsafeRawBufferPointer?,
        floorDoor: UnsafeRawBufferPointer?, postcode: UnsafeRawBufferPointer?, city: UnsafeRawBufferPointer?,
        country: UnsafeRawBufferPointer?, website: UnsafeRawBufferPointer?, phone: UnsafeRawBufferPointer?
    ) {
        self.tenant = tenant
        self.id = id
        self.version = version
        self.cell = cell
        self.latitude = latitude
        self.longitude = longitude
        self.categoryBits = categoryBits
        self.attributeBits = attributeBits
        self.priceLevel = priceLevel
        self.ratingTenths = ratingTenths
        self.ratingCount = ratingCount
        self.tenantSlug = tenantSlug
        self.name = name
        self.timeZone = timeZone
        self.openingHours = openingHours
        self.street = street
        self.housenumber = housenumber
        self.floorDoor = floorDoor
        self.postcode = postcode
        self.city = city
        self.country = country
        self.website = website
        self.phone = phone
    }
}

/// A digest of one slice of the published salons, to find where a directory differs from the truth.
public struct ReconciliationDigest: Sendable, Hashable {
    /// How many published salons the slice holds.
    public let count: Int64
    /// Sum of the rows' versions, wrapping: the order does not matter.
    public let sum: Int64

    /// Gathers a digest.
    public init(count: Int64, sum: Int64) {
        self.count = count
        self.sum = sum
    }
}

/// What the directory needs of the database. `Catalogue` implements it.
public protocol DirectorySource: Sendable {
    /// Follows the changes of published salons until the task is cancelled: has the writer load, tells it which salons
    /// have changed since, and lets it rest when there is nothing more. Failures are logged when they begin and when
    /// they end.
    func follow(_ writer: inout DirectoryWriter) async

    /// Streams every published salon of one consistent snapshot.
    func loadPublished(_ row: @Sendable (borrowing PublishedRow) throws -> Void) async throws

    /// Streams the present published state of the given salons; those that are not published any more are missing.
    func loadPublished(ids: [SalonID], _ row: @Sendable (borrowing PublishedRow) throws -> Void) async throws

    /// Identifiers and versions of all published salons whose identifier begins with this byte, for
    /// reconciliation: the truth's list, against which the directory compares its own.
    func publishedVersions(idPrefix: UInt8) async throws -> [SalonID: Int64]

    /// The digests of all 256 slices by the identifier's first byte.
    func digests() async throws -> [ReconciliationDigest]
}
