public import Geodesy

/// One Danish postcode with its town and the middle of its addresses.
public struct DanishPostcode: Sendable, Hashable {
    /// Four digits.
    public let code: String
    /// Postal town, such as `København K`.
    public let city: String
    /// Centre, typically within a kilometre of the addresses' mean.
    public let centre: Coordinate
}

/// The 1,159 postcodes of Denmark; those of the Faroe Islands and Greenland are not among them.
///
/// Source: GeoNames (CC BY 4.0), see `data/README.md`.
public enum DanishPostcodes {
    /// All of them, by number.
    public static let all: [DanishPostcode] = text.split { $0 == ";" || $0 == "\n" }.compactMap { entry in
        let parts = entry.split(separator: " ", maxSplits: 3)
        guard parts.count == 4, let latitude = Double(parts[1]), let longitude = Double(parts[2]),
            let centre = try? Coordinate(latitude: latitude, longitude: longitude)
        else { return nil }
        return DanishPostcode(code: String(parts[0]), city: String(parts[3]), centre: centre)
    }

    private static let indexByNumber: [Int16] = {
        var index = [Int16](repeating: -1, count: 10_000)
        for (position, postcode) in all.enumerated() {
            if let number = Int(postcode.code) { index[number] = Int16(position) }
        }
        return index
    }()

    /// The entry of a postcode written as four digits; nil for anything else, also for a postcode out of use.
    public static func entry(_ code: String) -> DanishPostcode? {
        guard code.utf8.count == 4, code.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(code), indexByNumber[number] >= 0
        else { return nil }
        return all[Int(indexByNumber[number])]
    }
}
