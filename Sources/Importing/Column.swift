/// The columns that an import understands; the raw value is the name in files and in `--map name=COLUMN`.
public enum Column: String, Sendable, CaseIterable {
    case sourceReference = "source_ref"
    case name
    case category
    case street
    case housenumber
    case floorDoor = "floor_door"
    case postcode
    case city
    case country
    case latitude = "lat"
    case longitude = "lon"
    case x
    case y
    case openingHours = "opening_hours"
    case website
    case phone
    case priceLevel = "price_level"
    case rating
    case ratingCount = "rating_count"
    case attributes
    case timeZone = "timezone"

    /// Other spellings of a header that are understood without a mapping, in lower case.
    private static let aliases: [String: Column] = [
        "id": .sourceReference, "ref": .sourceReference, "wof_id": .sourceReference, "salon_id": .sourceReference,
        "navn": .name, "categories": .category, "kategori": .category, "vej": .street, "vejnavn": .street,
        "house_number": .housenumber, "husnr": .housenumber, "husnummer": .housenumber, "addr_extra": .floorDoor,
        "floordoor": .floorDoor, "zip": .postcode, "zipcode": .postcode, "postal_code": .postcode, "postnr": .postcode,
        "postnummer": .postcode, "town": .city, "by": .city, "postdistrikt": .city, "country_code": .country,
        "land": .country, "latitude": .latitude, "breddegrad": .latitude, "lng": .longitude, "long": .longitude,
        "longitude": .longitude, "længdegrad": .longitude, "easting": .x, "northing": .y, "hours": .openingHours,
        "åbningstider": .openingHours, "url": .website, "www": .website, "hjemmeside": .website, "telephone": .phone,
        "tel": .phone, "telefon": .phone, "price": .priceLevel, "time_zone": .timeZone, "tz": .timeZone,
    ]

    /// The column that a header names, in any case and with spaces or hyphens for underscores; nil if unknown.
    public init?(header: String) {
        let folded = String(header.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
        guard let column = Column(rawValue: folded) ?? Self.aliases[folded] else { return nil }
        self = column
    }
}
