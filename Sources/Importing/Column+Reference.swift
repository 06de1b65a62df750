import Salons

/// What is told of the columns: in `salons import --help` and in the README, whose table a test compares with this.
extension Column {
    /// Whether a row can do without it.
    public enum Need: String, Sendable {
        /// Every row has it.
        case required
        /// Every row has both `lat` and `lon`, or `x` and `y` with their coordinate system.
        case position
        /// A row may leave it empty, and a file may have no such column.
        case optional
    }

    /// Whether a row can do without it.
    public var need: Need {
        switch self {
        case .name: .required
        case .latitude, .longitude, .x, .y: .position
        default: .optional
        }
    }

    /// What stands in it, in which form.
    public var meaning: String {
        switch self {
        case .sourceReference: "key of the row, unique in the file; without it one is made of name and address"
        case .name: "the salon's name, at most \(limit) characters"
        case .category: Self.words(Category.allCases.map(\.rawValue))
        case .street: "street, without the house number"
        case .housenumber: "house number with its letter, `21B`"
        case .floorDoor: "floor and door, `1. tv`"
        case .postcode: "postcode; a Danish one is checked against the position"
        case .city: "postal town"
        case .country: "two letters of ISO 3166, `DK`; the position is checked against it"
        case .latitude: "degrees north on WGS 84, `55.6761`; a decimal comma is understood"
        case .longitude: "degrees east on WGS 84, `12.5683`"
        case .x: "metres east, with `--crs EPSG:...`"
        case .y: "metres north, with `--crs EPSG:...`"
        case .openingHours: "OpenStreetMap's syntax, `Mo-Fr 09:00-17:30; Sa 10:00-14:00; PH off`"
        case .website: "`https://` address, or a host name"
        case .phone: "as it is written"
        case .priceLevel: "1 (cheap) to 4 (expensive)"
        case .rating: "mean of the ratings, 0 to 5"
        case .ratingCount: "how many ratings that is the mean of"
        case .attributes: Self.words(Attribute.allCases.map(\.rawValue))
        case .timeZone: "IANA name, `Europe/Copenhagen`; without it the zone of the position, where that is certain"
        }
    }

    private static func words(_ words: [String]) -> String {
        "several with `;` between them, of: " + words.joined(separator: ", ")
    }

    /// The columns as a table in Markdown.
    public static var markdown: String {
        let rows = allCases.map { column in
            let names = column.synonyms.map { "`\($0)`" }.joined(separator: ", ")
            let need = column.need == .optional ? "" : " (\(column.need == .required ? "required" : "position"))"
            return "| `\(column.rawValue)`\(need) | \(names) | \(column.meaning) |"
        }
        return (["| column | also understood as | what stands in it |", "|---|---|---|"] + rows).joined(separator: "\n")
    }

    /// The columns as lines for a terminal.
    public static var listing: String {
        allCases.map { column in
            let names = column.synonyms.isEmpty ? "" : " (or \(column.synonyms.joined(separator: ", ")))"
            return "  \(column.rawValue)\(names): \(column.meaning.replacing("`", with: ""))"
        }.joined(separator: "\n")
    }
}
