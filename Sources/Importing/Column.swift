import Salons

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
    public var synonyms: [String] {
        switch self {
        case .sourceReference: ["id", "ref", "wof_id", "salon_id"]
        case .name: ["navn"]
        case .category: ["categories", "kategori"]
        case .street: ["vej", "vejnavn"]
        case .housenumber: ["house_number", "husnr", "husnummer"]
        case .floorDoor: ["floordoor", "addr_extra"]
        case .postcode: ["zip", "zipcode", "postal_code", "postnr", "postnummer"]
        case .city: ["town", "by", "postdistrikt"]
        case .country: ["country_code", "land"]
        case .latitude: ["latitude", "breddegrad"]
        case .longitude: ["lng", "long", "longitude", "længdegrad"]
        case .x: ["easting"]
        case .y: ["northing"]
        case .openingHours: ["hours", "åbningstider"]
        case .website: ["url", "www", "hjemmeside"]
        case .phone: ["telephone", "tel", "telefon"]
        case .priceLevel: ["price"]
        case .rating, .ratingCount, .attributes: []
        case .timeZone: ["time_zone", "tz"]
        }
    }

    private static let bySpelling: [String: Column] = Dictionary(
        allCases.flatMap { column in ([column.rawValue] + column.synonyms).map { ($0, column) } }
    ) { first, _ in first }

    /// The column that a header names, in any case and with spaces or hyphens for underscores; nil if unknown.
    public init?(header: String) {
        let folded = String(header.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
        guard let column = Self.bySpelling[folded] else { return nil }
        self = column
    }

    /// Code points of a cell; no address or telephone number that is one is longer.
    var limit: Int {
        switch self {
        case .name: VisibleText.longestSalonName
        case .openingHours, .website, .category, .attributes: 2_000
        case .phone, .postcode, .country, .timeZone, .latitude, .longitude, .x, .y, .priceLevel, .rating, .ratingCount:
            100
        case .sourceReference, .street, .housenumber, .floorDoor, .city: 300
        }
    }
}
