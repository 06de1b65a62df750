import Foundation
import Geodesy

/// Countries with the box around their populated places and their time zone.
///
/// Source: GeoNames (CC BY 4.0), see `data/README.md`.
enum Countries {
    struct Entry {
        let code: String
        let box: BoundingBox
        let hasOneZone: Bool
        let timeZone: String
        /// Square degrees, to tell which of several boxes says most.
        let size: Double
    }

    static let all: [Entry] = text.split { $0 == ";" || $0 == "\n" }.compactMap { entry in
        let parts = entry.split(separator: " ").map(String.init)
        guard parts.count == 7, let west = Double(parts[1]), let south = Double(parts[2]), let east = Double(parts[3]),
            let north = Double(parts[4])
        else { return nil }
        let box = BoundingBox(uncheckedWest: west, south: south, east: east, north: north)
        let width = east < west ? east - west + 360 : east - west
        return Entry(
            code: parts[0], box: box, hasOneZone: parts[5] == "=", timeZone: parts[6], size: width * (north - south))
    }

    private static let byCode = Dictionary(all.map { ($0.code, $0) }) { first, _ in first }
    private static let names = [
        "danmark": "DK", "denmark": "DK", "dnk": "DK", "sverige": "SE", "sweden": "SE", "norge": "NO", "norway": "NO",
        "finland": "FI", "suomi": "FI", "tyskland": "DE", "germany": "DE", "deutschland": "DE", "færøerne": "FO",
        "grønland": "GL", "uk": "GB",
    ]
    private static let zoneNames = Set(TimeZone.knownTimeZoneIdentifiers)

    static func entry(_ code: String?) -> Entry? { code.flatMap { byCode[$0] } }

    /// The code of a country by its code or, for neighbours, its name, in any case.
    static func code(of text: String) -> String? {
        let upper = text.uppercased()
        return byCode[upper] != nil ? upper : names[text.lowercased()]
    }

    /// The smallest box that holds the position.
    static func smallest(around position: Coordinate) -> Entry? {
        all.filter { $0.box.contains(position) }.min { $0.size < $1.size }
    }

    static func isTimeZone(_ name: String) -> Bool {
        zoneNames.contains(name) || name == "UTC"
            || (name.contains("/") && !name.contains("..") && TimeZone(identifier: name) != nil)
    }
}
