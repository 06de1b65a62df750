import Foundation
import TimeZones

/// Countries and time zones as files name them.
enum Countries {
    private static let names = [
        "danmark": "DK", "denmark": "DK", "dnk": "DK", "sverige": "SE", "sweden": "SE", "norge": "NO", "norway": "NO",
        "finland": "FI", "suomi": "FI", "tyskland": "DE", "germany": "DE", "deutschland": "DE", "færøerne": "FO",
        "grønland": "GL", "uk": "GB",
    ]
    private static let zoneNames = Set(TimeZone.knownTimeZoneIdentifiers)

    /// The code of a country by its code or, for neighbours, its name, in any case.
    static func code(of text: String) -> String? {
        let upper = text.uppercased()
        return CountryZones.isCountry(upper) ? upper : names[text.lowercased()]
    }

    static func isTimeZone(_ name: String) -> Bool {
        zoneNames.contains(name) || name == "UTC"
            || (name.contains("/") && !name.contains("..") && TimeZone(identifier: name) != nil)
    }
}
