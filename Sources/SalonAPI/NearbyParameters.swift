import Directory
import Discovery
import Foundation
import Geodesy
import Geometry
import Salons

/// Turns the parameters of `/v1/salons/nearby` into a question, or says everything that is wrong with them at once.
struct NearbyParameters {
    private let query: QueryString
    private(set) var faults: [Problem.Fault] = []
    /// The names that another call knows besides; it judges them itself, and so the order.
    private var others: Set<String> = []

    /// Parses; `area` is the polygon of a POST's body.
    static func parse(_ query: QueryString, area: AreaBody? = nil) throws(Problem) -> NearbyRequest {
        var parser = NearbyParameters(query)
        let request = parser.request(area: area)
        guard let request, parser.faults.isEmpty else { throw .parameters(parser.faults) }
        return request
    }

    /// Parses what a call has in common with nearby; nil, with the faults, where that is wrong.
    static func common(_ query: QueryString, others: Set<String>) -> (request: NearbyRequest?, faults: [Problem.Fault])
    {
        var parser = NearbyParameters(query)
        parser.others = others
        let request = parser.request(area: nil)
        return (request, parser.faults)
    }

    private init(_ query: QueryString) {
        self.query = query
    }

    private mutating func request(area: AreaBody?) -> NearbyRequest? {
        for (name, _) in query.pairs
        where !ParameterSpecification.nearbyNames.contains(name) && !others.contains(name) {
            fault(name, "is not a parameter of this call")
        }
        let region = region(area: area)
        let origin = origin(region: region)
        let filter = filter()
        let openNow = boolean("open_now") ?? false
        if openNow, filter.openAt != nil { fault("open_at", "contradicts open_now; give one of the two") }
        let order = order()
        let limit = number("limit", within: 1...100) ?? 20
        let fields = fields()
        if let cursor = query["cursor"], !(1...128).contains(cursor.utf8.count) {
            fault("cursor", "must be 1 to 128 characters, as next_cursor gave it")
        }
        guard faults.isEmpty, let origin else { return nil }
        return NearbyRequest(
            origin: origin, region: region, filter: filter, openNow: openNow, order: order, limit: limit,
            cursor: query["cursor"], fields: fields, canonical: canonical(area: area))
    }

    private mutating func fault(_ parameter: String, _ detail: String) {
        faults.append(.init(parameter: parameter, detail: detail))
    }

    // MARK: Where

    private mutating func region(area: AreaBody?) -> SearchRegion {
        if let area {
            for name in ["radius_m", "bbox"] where query[name] != nil {
                fault(name, "contradicts the area of the body; give one of the two")
            }
            return .area(area.area)
        }
        if query["bbox"] != nil {
            if query["radius_m"] != nil { fault("radius_m", "contradicts bbox; give one of the two") }
            return box().map { .box($0) } ?? .everywhere
        }
        guard let text = query["radius_m"] else { return .everywhere }
        guard let radius = StrictNumber.decimal(text), (0...50_000).contains(radius) else {
            fault("radius_m", "must be a decimal number of metres from 0 to 50000")
            return .everywhere
        }
        return .circle(radius: Meters(radius))
    }

    private mutating func box() -> BoundingBox? {
        guard let text = query["bbox"] else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { StrictNumber.decimal($0) }
        guard parts.count == 4, let west = parts[0], let south = parts[1], let east = parts[2], let north = parts[3]
        else {
            fault("bbox", "must be four decimal numbers: west,south,east,north")
            return nil
        }
        do {
            return try BoundingBox(west: west, south: south, east: east, north: north)
        } catch {
            fault("bbox", "\(error)")
            return nil
        }
    }

    private mutating func origin(region: SearchRegion) -> Coordinate? {
        let latitude = degrees("lat", limit: 90)
        let longitude = degrees("lon", limit: 180)
        switch (query["lat"], query["lon"]) {
        case (nil, nil):
            switch region {
            case .box(let box): return box.middle
            case .area(let area): return area.middle
            case .circle, .everywhere:
                if query["bbox"] == nil {
                    fault("lat", "is missing; a search needs lat and lon, or a bbox")
                    fault("lon", "is missing; a search needs lat and lon, or a bbox")
                }
                return nil
            }
        case (nil, _): fault("lat", "is missing; lon goes with lat")
        case (_, nil): fault("lon", "is missing; lat goes with lon")
        default: break
        }
        guard let latitude, let longitude else { return nil }
        return Coordinate(uncheckedLatitude: latitude, longitude: longitude)
    }

    private mutating func degrees(_ name: String, limit: Double) -> Double? {
        guard let text = query[name] else { return nil }
        guard let value = StrictNumber.decimal(text), abs(value) <= limit else {
            fault(name, "must be a decimal number of degrees from -\(Int(limit)) to \(Int(limit))")
            return nil
        }
        return value
    }

    // MARK: Which

    private mutating func filter() -> SalonFilter {
        var filter = SalonFilter()
        filter.categories = CategorySet(words("category", Category.init(rawValue:), Category.allCases.map(\.rawValue)))
        filter.excludedCategories = CategorySet(
            words("exclude", Category.init(rawValue:), Category.allCases.map(\.rawValue)))
        if !filter.categories.isDisjoint(with: filter.excludedCategories) {
            fault("exclude", "contradicts category: a category cannot be both wanted and excluded")
        }
        filter.attributes = AttributeSet(
            words("attributes", Attribute.init(rawValue:), Attribute.allCases.map(\.rawValue)))
        if let text = query["min_rating"] {
            if let value = StrictNumber.decimal(text), (0...5).contains(value), (value * 10).rounded() / 10 == value {
                filter.minimumRatingTenths = Int16((value * 10).rounded())
            } else {
                fault("min_rating", "must be a number from 0 to 5 with at most one decimal")
            }
        }
        let levels = ["1", "2", "3", "4"]
        filter.priceLevels = words("price", { levels.contains($0) ? UInt8($0) : nil }, levels)
            .reduce(0) { $0 | 1 << $1 }
        if let text = query["open_at"] {
            do throws(Timestamp.Fault) {
                filter.openAt = try Timestamp.read(text)
            } catch {
                fault("open_at", error.inQuery)
            }
        }
        return filter
    }

    private mutating func order() -> SearchOrder {
        guard !others.contains("sort") else { return .distance }
        switch query["sort"] {
        case nil, "distance": return .distance
        case "rating": return .rating
        case "distance,rating": return .distanceBandThenRating
        default:
            fault("sort", "must be distance, rating or distance,rating")
            return .distance
        }
    }

    private mutating func fields() -> CardFields {
        guard query["fields"] != nil else { return .all }
        return CardFields(words("fields", CardFields.init(member:), ParameterSpecification.memberNames)).union(.id)
    }

    /// The members that `fields` chooses, for calls that have no other parameter.
    static func fields(of query: QueryString) throws(Problem) -> CardFields {
        var parser = NearbyParameters(query)
        for (name, _) in query.pairs where name != "fields" { parser.fault(name, "is not a parameter of this call") }
        let fields = parser.fields()
        guard parser.faults.isEmpty else { throw .parameters(parser.faults) }
        return fields
    }

    // MARK: Kinds of values

    private mutating func words<Value>(
        _ name: String, _ parse: (String) -> Value?, _ allowed: @autoclosure () -> [String]
    ) -> [Value] {
        guard let text = query[name] else { return [] }
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        var values: [Value] = []
        for (index, word) in words.enumerated() {
            if words[..<index].contains(word) {
                fault(name, "names \(Self.quoted(word)) twice")
            } else if let value = parse(word) {
                values.append(value)
            } else {
                fault(name, "does not know \(Self.quoted(word)); it knows \(allowed().joined(separator: ", "))")
                break
            }
        }
        return values
    }

    private mutating func boolean(_ name: String) -> Bool? {
        switch query[name] {
        case nil: return nil
        case "true": return true
        case "false": return false
        default:
            fault(name, "must be true or false")
            return nil
        }
    }

    private mutating func number(_ name: String, within range: ClosedRange<Int>) -> Int? {
        guard let text = query[name] else { return nil }
        guard let value = StrictNumber.integer(text), range.contains(value) else {
            fault(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    private static func quoted(_ text: String) -> String {
        "'\(Problem.shortened(text))'"
    }

    /// Equal for equal questions: sorted by name, without the page.
    private func canonical(area: AreaBody?) -> String {
        var parts = query.pairs.filter { $0.name != "cursor" && $0.name != "limit" && $0.name != "fields" }
            .map { "\($0.name)=\($0.value)" }
        if let area { parts.append("area=\(area.fingerprint)") }
        return parts.sorted().joined(separator: "&")
    }
}
