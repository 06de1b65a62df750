import Salons

/// One query parameter: what the parser accepts and what the OpenAPI document says of it stand in one place, so that
/// neither can drift from the other.
struct ParameterSpecification: Sendable {
    var name: String
    var description: String
    var schema: JSONValue
    /// A value that works; nil where only an answer has one.
    var example: JSONValue?
    /// Whether who tries the call begins with it: all such values of a call go together. The others are shown as what
    /// they look like.
    var isTried = false
    /// A list is written `a,b,c`, not repeated.
    var isList = false
    var isRequired = false

    /// The Parameter Object of OpenAPI 3.1.
    var document: JSONValue {
        var schema = schema
        if case .object(let members) = schema, let example, !isTried {
            schema = .object(members + [("examples", .array([example]))])
        }
        var members: [(String, JSONValue)] = [
            ("name", .string(name)), ("in", "query"), ("required", .bool(isRequired)),
            ("description", .string(description)), ("schema", schema),
        ]
        if let example, isTried { members.append(("example", example)) }
        if isList {
            members.append(("style", "form"))
            members.append(("explode", false))
        }
        return .object(members)
    }
}

extension ParameterSpecification {
    /// The parameters of `GET /v1/salons/nearby`.
    static let nearby: [ParameterSpecification] = [
        .init(
            name: "lat", description: "Latitude of the customer, WGS 84 degrees. Goes with `lon`.",
            schema: ["type": "number", "minimum": -90, "maximum": 90], example: Examples.Marker.latitude.placeholder,
            isTried: true),
        .init(
            name: "lon", description: "Longitude of the customer, WGS 84 degrees. Goes with `lat`.",
            schema: ["type": "number", "minimum": -180, "maximum": 180], example: Examples.Marker.longitude.placeholder,
            isTried: true),
        .init(
            name: "radius_m",
            description:
                "Only salons at most this many metres away. Without it the nearest, however far. Not with `bbox`.",
            schema: ["type": "number", "minimum": 0, "maximum": 50_000], example: 2000, isTried: true),
        .init(
            name: "bbox",
            description:
                "Only salons inside `west,south,east,north`; west beyond east crosses ±180°. Without `lat` and `lon` "
                + "distances are from its middle, the centroid of its surface on the sphere.",
            schema: [
                "type": "array", "items": ["type": "number", "minimum": -180, "maximum": 180], "minItems": 4,
                "maxItems": 4,
            ],
            example: Examples.Marker.box.placeholder, isList: true),
        .init(
            name: "category", description: "Salons of any of these categories, such as `hair,nails`.",
            schema: list(of: Category.allCases.map(\.rawValue)), example: ["hair"], isList: true),
        .init(
            name: "exclude", description: "No salons of any of these categories, such as `tattoo`.",
            schema: list(of: Category.allCases.map(\.rawValue)), example: ["tattoo"], isList: true),
        .init(
            name: "attributes", description: "Salons with all of these properties, such as `wheelchair`.",
            schema: list(of: Attribute.allCases.map(\.rawValue)), example: ["wheelchair"], isList: true),
        .init(
            name: "min_rating",
            description: "At least this mean rating, at most one decimal. Unrated salons do not pass.",
            schema: ["type": "number", "minimum": 0, "maximum": 5, "multipleOf": 0.1], example: 4),
        .init(
            name: "price",
            description: "Salons of these price levels, such as `1,2`. Salons of unknown price do not pass.",
            schema: [
                "type": "array", "items": ["type": "integer", "minimum": 1, "maximum": 4], "minItems": 1,
                "uniqueItems": true,
            ],
            example: [1, 2], isList: true),
        .init(
            name: "open_now",
            description:
                "Only salons that are known to be open now, none whose hours are not known. Not with `open_at`.",
            schema: ["type": "boolean"], example: true),
        .init(
            name: "open_at",
            description: "Only salons that are known to be open at this instant, RFC 3339 with offset.",
            schema: ["type": "string", "format": "date-time"], example: Examples.Marker.moment.placeholder),
        .init(
            name: "sort",
            description:
                "`distance`; `rating`; or `distance,rating`: by distance band and within a band by rating.",
            schema: ["type": "string", "enum": ["distance", "rating", "distance,rating"], "default": "distance"],
            example: "distance"),
        .init(
            name: "limit", description: "Salons a page.",
            schema: ["type": "integer", "minimum": 1, "maximum": 100, "default": 20], example: 20, isTried: true),
        .init(
            name: "cursor", description: "`next_cursor` of the page before, with all other parameters unchanged.",
            schema: ["type": "string", "minLength": 1, "maxLength": 128]),
        fields,
    ]

    /// Their names, for a look-up that copies no specification.
    static let nearbyNames = Set(nearby.map(\.name))

    /// Chooses the members of a salon.
    static let fields = ParameterSpecification(
        name: "fields", description: "Only these members of each salon, besides `id`, such as `name,distance_m`.",
        schema: list(of: memberNames), example: ["name", "distance_m"], isList: true)

    /// What `fields` may name.
    static let memberNames = [
        "id", "tenant", "name", "location", "distance_m", "address", "categories", "attributes", "rating",
        "rating_count", "price_level", "opening_hours", "website", "phone", "time_zone", "open_now", "opens_at",
        "closes_at", "hours_unknown",
    ]

    private static func list(of values: [String]) -> JSONValue {
        [
            "type": "array", "items": ["type": "string", "enum": .array(values.map { .string($0) })], "minItems": 1,
            "uniqueItems": true,
        ]
    }
}
