import Catalogue
import Geodesy
import Geometry
import OpeningHours
import Salons
import TimeZones

/// Makes salons of rows. What a salon cannot be without rejects the row; anything else that is wrong is left out and
/// counted, since a salon lost for its website would be the greater loss.
struct RowCheck {
    /// What is wrong with the last row, if it was accepted.
    private(set) var remarks: [(warning: ImportWarning, text: String)] = []
    private let source: String
    private let defaultCountry: String?
    private let positions: PositionCheck
    /// Complaints about opening hours, nil for those that are understood.
    private var complaints: [String: String?] = [:]
    /// Hashes of the references met: eight bytes a row, and one chance in 10^8 of a false alarm in a million rows.
    private var references: Set<Int> = []

    init(options: ImportOptions, positions: PositionCheck) throws(ImportingError) {
        source = options.source
        self.positions = positions
        defaultCountry = options.country.flatMap(Countries.code(of:))
        if let country = options.country, defaultCountry == nil { throw .option("unknown country \(country)") }
    }

    mutating func outcome(_ row: SourceRow, _ values: RowValues) -> RowOutcome {
        remarks.removeAll()
        do throws(RejectReason) {
            if let damage = row.damage { throw RejectReason(.malformed, damage) }
            return .accepted(try salon(try CellCheck.checked(values) { remarks.append(($0, $1)) }))
        } catch {
            return .rejected(error)
        }
    }

    private mutating func warn(_ warning: ImportWarning, _ text: String) {
        remarks.append((warning, text))
    }

    private mutating func salon(_ values: RowValues) throws(RejectReason) -> ImportedSalon {
        guard let name = values[.name] else { throw RejectReason(.missingName, "no name") }
        let stated = country(values)
        let position = try positions.position(values)
        let (postcode, entry) = try postcode(values, country: stated, position)
        if let outside = try positions.check(position, country: stated, postcode: entry) {
            warn(.outsideCountry, outside)
        }
        let country = stated ?? (entry == nil ? nil : "DK")
        let address = Address(
            street: values[.street], housenumber: values[.housenumber], floorDoor: values[.floorDoor],
            postcode: postcode,
            city: values[.city], country: country)
        let reference = values[.sourceReference] ?? DerivedReference.of(name: name, address: address)
        guard references.insert(reference.hashValue).inserted else {
            throw RejectReason(.duplicateReference, "source_ref \(reference) was there before in this file")
        }
        let profile = SalonProfile(
            name: name, address: address, location: position, timeZone: timeZone(values, country, position),
            categories: CategorySet(words(values[.category], .unknownCategory, Category.init(rawValue:))),
            priceLevel: price(values), rating: rating(values),
            attributes: AttributeSet(words(values[.attributes], .unknownAttribute, Attribute.init(rawValue:))),
            openingHours: openingHours(values), website: website(values), phone: values[.phone],
            source: SourceReference(source: source, reference: reference))
        return ImportedSalon(profile: profile, sourceData: values.sourceData)
    }

    private mutating func country(_ values: RowValues) -> String? {
        guard let text = values[.country] else { return defaultCountry }
        if let code = Countries.code(of: text) { return code }
        warn(.invalidCountry, "'\(text)' is no country; write two letters of ISO 3166, such as DK")
        return defaultCountry
    }

    /// The postcode without a country's letters, and its entry if it is a Danish one that is in use.
    private mutating func postcode(
        _ values: RowValues, country: String?, _ position: Coordinate
    ) throws(RejectReason) -> (String?, DanishPostcode?) {
        guard let written = values[.postcode] else { return (nil, nil) }
        if country == nil {
            guard let entry = DanishPostcodes.entry(written), let city = values[.city],
                PlaceName.haveWordInCommon(city, entry.city)
            else { return (written, nil) }
            return (written, entry)
        }
        // The Faroe Islands and Greenland have postcodes of their own, also where an address says Denmark.
        guard country == "DK", !Self.isNorthAtlantic(position) else { return (written, nil) }
        var code = written
        for prefix in ["DK-", "DK ", "DK", "dk-"] where code.hasPrefix(prefix) {
            code = String(code.dropFirst(prefix.count))
            break
        }
        // A spreadsheet takes the zero away from 0800.
        if code.utf8.count == 3, DanishPostcodes.entry("0" + code) != nil { code = "0" + code }
        guard code.utf8.count == 4, code.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw RejectReason(.invalidPostcode, "\(written) is not a Danish postcode of four digits")
        }
        let entry = DanishPostcodes.entry(code)
        if entry == nil {
            warn(
                .unknownPostcode,
                "\(code) is no Danish postcode in use, so the position could not be checked against it")
        }
        return (code, entry)
    }

    private static func isNorthAtlantic(_ position: Coordinate) -> Bool {
        let near = ZoneMap.shared.zones(near: position)
        return ["FO", "GL"].contains { !Set(CountryZones.zones(of: $0)).isDisjoint(with: near) }
    }

    private mutating func timeZone(_ values: RowValues, _ country: String?, _ position: Coordinate) -> String? {
        if let zone = values[.timeZone] {
            if Countries.isTimeZone(zone) { return zone }
            warn(.invalidTimeZone, "'\(zone)' is no time zone; write an IANA name, such as Europe/Copenhagen")
        }
        switch PlaceZone.of(position, country: country) {
        case .known(let zone): return zone
        case .unknown(let reason):
            warn(
                .unknownTimeZone,
                "the time zone is not known, because \(reason); state it in the column \(Column.timeZone.rawValue)")
            return nil
        }
    }

    private mutating func words<Word>(
        _ text: String?, _ warning: ImportWarning, _ make: (String) -> Word?
    ) -> [Word] {
        guard let text else { return [] }
        var found: [Word] = []
        for part in text.split(whereSeparator: { $0 == ";" || $0 == "," || $0 == "|" }) {
            let word = part.trimmed.lowercased()
            if let known = make(word) {
                found.append(known)
            } else if !word.isEmpty {
                warn(warning, "'\(word)' is none of ours")
            }
        }
        return found
    }

    private mutating func price(_ values: RowValues) -> Int16? {
        guard let text = values[.priceLevel] else { return nil }
        if let level = Int16(text), (1...4).contains(level) { return level }
        warn(.invalidPrice, "the price level '\(text)' is none of 1, 2, 3 and 4")
        return nil
    }

    private mutating func rating(_ values: RowValues) -> Rating? {
        guard let text = values[.rating] else { return nil }
        let count = values[.ratingCount].map { Int32($0) } ?? 0
        if let stars = DecimalText.parse(text, allowingComma: true), (0...5).contains(stars), let count,
            let rating = Rating(tenths: Int16((stars * 10).rounded()), count: count)
        {
            return rating
        }
        warn(.invalidRating, "the rating '\(text)' of \(values[.ratingCount] ?? "0") is not 0 to 5 of a whole number")
        return nil
    }

    private mutating func openingHours(_ values: RowValues) -> String? {
        guard let text = values[.openingHours] else { return nil }
        if complaints.count > 10_000 { complaints.removeAll() }
        let complaint = complaints[text] ?? OpeningHours(text).complaint
        complaints[text] = .some(complaint)
        if let complaint { warn(.openingHoursNotUnderstood, "'\(text)' is kept as text: \(complaint)") }
        return text
    }

    /// An absolute URL; a bare host name with a dot gets `http://`, as such sites answer it.
    private mutating func website(_ values: RowValues) -> String? {
        guard let text = values[.website] else { return nil }
        let lower = text.lowercased()
        let hasScheme = lower.hasPrefix("http://") || lower.hasPrefix("https://")
        let url = hasScheme ? text : "http://" + text
        let host = url[(url.firstIndex(of: "/") ?? url.startIndex)...].dropFirst(2).prefix { !"/?#".contains($0) }
        let allowed = host.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "-.:".unicodeScalars.contains($0)
        }
        let hasSpace = url.unicodeScalars.contains { $0.value <= 0x20 || $0 == "\"" || $0 == "<" || $0 == ">" }
        let isMissingHost = !host.contains(".") || host.hasPrefix(".") || host.contains("..") || host.hasSuffix(".")
        // `mailto:info@…` or `javascript:…` without a host must not pass as a host with a port.
        if allowed, !hasSpace, !isMissingHost, url.utf8.count <= 2_000, hasScheme || !host.contains(":") { return url }
        warn(.invalidWebsite, "'\(text)' is no web address")
        return nil
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var part = self.drop { $0 == " " }
        while part.last == " " { part.removeLast() }
        return part
    }
}
