import Geodesy

/// The 500 most populous cities of Europe.
///
/// Source: GeoNames (CC BY 4.0), see `data/README.md`.
enum EuropeanCities {
    struct City: Sendable {
        let country: String
        let centre: Coordinate
        let timeZone: String
        let name: String
    }

    static let all: [City] = text.split { $0 == ";" || $0 == "\n" }.compactMap { entry in
        let parts = entry.split(separator: " ", maxSplits: 4)
        guard parts.count == 5, let latitude = Double(parts[1]), let longitude = Double(parts[2]),
            let centre = try? Coordinate(latitude: latitude, longitude: longitude)
        else { return nil }
        return City(country: String(parts[0]), centre: centre, timeZone: String(parts[3]), name: String(parts[4]))
    }
}
