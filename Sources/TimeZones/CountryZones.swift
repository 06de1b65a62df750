/// The time zones of the countries of ISO 3166-1.
///
/// Source: GeoNames (CC BY 4.0) and the tz database (public domain), see `data/README.md`.
public enum CountryZones {
    private static let own: [String: [String]] = Dictionary(
        text.split { $0 == ";" || $0 == "\n" }.map { entry in
            let words = entry.split(separator: " ").map(String.init)
            return (words[0], Array(words.dropFirst()))
        }
    ) { first, _ in first }

    /// All codes, in upper case.
    public static var codes: [String] { own.keys.sorted() }

    /// Whether this is the code of a country, in upper case.
    public static func isCountry(_ code: String) -> Bool { own[code] != nil }

    /// The zones in which a place may lie that somebody counts to a country: its own, that of most people first, then
    /// those of its territories and of what it claims or leases. Empty for an unknown code.
    public static func zones(of country: String) -> [String] {
        var zones = own[country] ?? []
        for code in territories[country] ?? [] {
            zones += (own[code] ?? []).filter { !zones.contains($0) }
        }
        return zones + (claims[country] ?? []).filter { !zones.contains($0) }
    }

    /// Parts of a country that have codes of their own: addresses there are written with either.
    private static let territories: [String: [String]] = [
        "AU": ["CC", "CX", "HM", "NF"], "CN": ["HK", "MO", "TW"], "DK": ["FO", "GL"], "FI": ["AX"],
        "FR": ["BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"],
        "GB": ["AI", "BM", "FK", "GG", "GI", "GS", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG"],
        "IL": ["PS"], "MA": ["EH"], "NL": ["AW", "BQ", "CW", "SX"], "NO": ["BV", "SJ"],
        "NZ": ["CK", "NU", "TK"], "RS": ["XK"], "US": ["AS", "GU", "MP", "PR", "UM", "VI"],
    ]

    /// Where more than one country is written in addresses; whether by right is not ours to say.
    private static let claims: [String: [String]] = [
        "AR": ["Atlantic/Stanley", "Atlantic/South_Georgia"], "CY": ["Asia/Famagusta"], "EH": ["Africa/Casablanca"],
        "GE": ["Europe/Moscow"], "IN": ["Asia/Karachi", "Asia/Urumqi"], "KM": ["Indian/Mayotte"],
        "MD": ["Europe/Kyiv"], "MU": ["Indian/Chagos"], "PK": ["Asia/Kolkata"], "PS": ["Asia/Jerusalem"],
        "RU": ["Europe/Simferopol", "Europe/Kyiv", "Asia/Tbilisi"], "SJ": ["Europe/Oslo"], "SY": ["Asia/Jerusalem"],
        "TR": ["Asia/Famagusta"],
        "US": ["America/Havana"], "XK": ["Europe/Belgrade"],
    ]
}
