/// The postal address of a salon, in the parts that registers use. An unknown part is nil, never empty.
public struct Address: Sendable, Hashable {
    /// Street name without the house number.
    public var street: String?
    /// House number with its letter, such as `21B`.
    public var housenumber: String?
    /// Floor and door as written, such as `1. tv`.
    public var floorDoor: String?
    /// Postcode as written in its country.
    public var postcode: String?
    /// Postal town.
    public var city: String?
    /// ISO 3166-1 alpha-2 code in upper case.
    public var country: String?

    /// Makes an address; empty texts become nil.
    public init(
        street: String? = nil, housenumber: String? = nil, floorDoor: String? = nil, postcode: String? = nil,
        city: String? = nil, country: String? = nil
    ) {
        func known(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        self.street = known(street)
        self.housenumber = known(housenumber)
        self.floorDoor = known(floorDoor)
        self.postcode = known(postcode)
        self.city = known(city)
        self.country = known(country)
    }
}
