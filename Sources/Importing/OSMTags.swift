import Salons

/// What the tags of an OpenStreetMap object say in this project's columns.
///
/// Source: OpenStreetMap wiki, Key:shop, Key:hairdresser, Key:beauty, Key:addr, Key:wheelchair.
enum OSMTags {
    /// Columns that are the value of a tag, the first present of several.
    static let direct: [(column: Column, tags: [String])] = [
        (.name, ["name", "brand", "operator"]), (.street, ["addr:street", "addr:place"]),
        (.housenumber, ["addr:housenumber"]), (.floorDoor, ["addr:floor", "addr:door", "addr:unit"]),
        (.postcode, ["addr:postcode"]), (.city, ["addr:city"]), (.country, ["addr:country"]),
        (.openingHours, ["opening_hours"]), (.website, ["website", "contact:website", "url"]),
        (.phone, ["phone", "contact:phone", "contact:mobile"]),
    ]

    /// Empty for an object that is no salon.
    static func categories(_ tags: [String: String]) -> [Category] {
        var found: [Category] = []
        for shop in words(tags["shop"]) {
            switch shop {
            case "hairdresser":
                let barber = words(tags["hairdresser"]).contains("barber") || tags["barber"] == "yes"
                found.append(barber ? .barber : .hair)
            case "beauty": found += beauty(tags["beauty"])
            case "massage": found.append(.massage)
            case "tattoo": found.append(.tattoo)
            case "piercing": found.append(.piercing)
            case "cosmetics": found.append(.cosmetics)
            case "nails": found.append(.nails)
            case "tanning": found.append(.tanning)
            default: break
            }
        }
        if tags["amenity"] == "spa" || tags["leisure"] == "spa" { found.append(.spa) }
        if tags["leisure"] == "sauna" { found.append(.wellness) }
        if tags["leisure"] == "tanning_salon" { found.append(.tanning) }
        if words(tags["healthcare"]).contains("podiatrist") { found.append(.footCare) }
        return found
    }

    static func attributes(_ tags: [String: String]) -> [Attribute] {
        var found: [Attribute] = []
        if tags["wheelchair"] == "yes" || tags["wheelchair"] == "designated" { found.append(.wheelchair) }
        if tags["wheelchair"] == "limited" { found.append(.wheelchairLimited) }
        if tags["female"] == "yes" { found.append(.women) }
        if tags["male"] == "yes" { found.append(.men) }
        if tags["children"] == "yes" { found.append(.children) }
        if ["wlan", "yes", "free"].contains(tags["internet_access"]) { found.append(.wifi) }
        if ["cards", "credit_cards", "debit_cards"].contains(where: { tags["payment:\($0)"] == "yes" }) {
            found.append(.cards)
        }
        if ["yes", "required", "recommended"].contains(tags["reservation"]) { found.append(.byAppointment) }
        if tags["reservation"] == "no" { found.append(.walkIn) }
        if tags["air_conditioning"] == "yes" { found.append(.airConditioning) }
        return found
    }

    /// The object that an ID of `osmium export -u type_id` names: an area's number is twice the way's, or twice the
    /// relation's and one.
    static func reference(_ id: String) -> String? {
        guard let number = Int64(id.dropFirst()) else { return nil }
        switch id.first {
        case "n": return "node/\(number)"
        case "w": return "way/\(number)"
        case "r": return "relation/\(number)"
        case "a": return number.isMultiple(of: 2) ? "way/\(number / 2)" : "relation/\((number - 1) / 2)"
        default: return nil
        }
    }

    private static func words(_ value: String?) -> [Substring] {
        (value ?? "").split { $0 == ";" || $0 == " " || $0 == "," }
    }

    private static func beauty(_ value: String?) -> [Category] {
        let found = words(value).compactMap { word -> Category? in
            switch word {
            case "nails", "manicure", "pedicure": .nails
            case "tanning", "solarium": .tanning
            case "waxing", "hair_removal", "laser_hair_removal", "depilation", "threading", "sugaring": .hairRemoval
            case "cosmetics": .cosmetics
            case "make_up", "makeup", "permanent_makeup": .makeup
            case "eyelash", "eyelashes", "lashes": .lashes
            case "spa": .spa
            case "massage": .massage
            case "foot_care", "podiatry": .footCare
            default: nil
            }
        }
        return found.isEmpty ? [.beauty] : found
    }
}
