/// What a customer can book: its length, the time that it needs around it, its price, and how soon and how late it can
/// be booked. All lengths of time are whole multiples of the sheet's step of 5 minutes.
public struct SalonService: Sendable, Hashable {
    /// Identity over all tenants.
    public let id: ServiceID
    /// As customers read it, such as "Herreklip".
    public var name: String
    /// What kind of service it is, comparable between salons.
    public var category: ServiceCategory
    /// Minutes of the service itself; a staff member may have a length of their own (`Skill.duration`).
    public var duration: Int
    /// Minutes before the start in which the staff member is busy with it.
    public var bufferBefore: Int
    /// Minutes after the end in which the staff member is busy with it.
    public var bufferAfter: Int
    /// What it costs, if that is known; a staff member may have a price of their own.
    public var price: Price?
    /// Minutes that must lie between the booking and its start.
    public var minimumNotice: Int
    /// Local dates after that of the booking, on the last of which it can still start.
    public var horizon: Int
    /// Minutes: an offer starts a multiple of this after a shift of the person has begun.
    public var slotStep: Int

    /// Describes a service.
    public init(
        id: ServiceID, name: String, category: ServiceCategory, duration: Int, bufferBefore: Int = 0,
        bufferAfter: Int = 0, price: Price? = nil, minimumNotice: Int = 0, horizon: Int = 90, slotStep: Int = 15
    ) {
        self.id = id
        self.name = name
        self.category = category
        self.duration = duration
        self.bufferBefore = bufferBefore
        self.bufferAfter = bufferAfter
        self.price = price
        self.minimumNotice = minimumNotice
        self.horizon = horizon
        self.slotStep = slotStep
    }
}

/// An amount of money in the minor units of its currency (øre, cents).
public struct Price: Sendable, Hashable {
    /// Minor units.
    public var amount: Int
    /// ISO 4217, such as `DKK`.
    public var currency: String

    /// Names an amount.
    public init(amount: Int, currency: String) {
        self.amount = amount
        self.currency = currency
    }
}

/// What kind of service it is. The raw value is the word in parameters, files and answers.
public enum ServiceCategory: String, Sendable, CaseIterable {
    case haircut
    case mensHaircut = "mens_haircut"
    case childrensHaircut = "childrens_haircut"
    case beardTrim = "beard_trim"
    case shave
    case colour
    case highlights
    case blowDry = "blow_dry"
    case updo
    case perm
    case extensions
    case manicure
    case pedicure
    case nailExtensions = "nail_extensions"
    case facial
    case brows
    case lashes
    case makeup
    case waxing
    case laser
    case massage
    case spa
    case tanning
    case tattoo
    case piercing
    case footCare = "foot_care"
    case consultation
    case other
}
