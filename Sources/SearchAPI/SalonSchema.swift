import Directory
import HTTPKit
import JSON
import Salons

/// What the document says of a salon and of a page of them. Their bytes are rendered when a salon enters the directory,
/// and a test holds them to this.
enum SalonSchema {
    /// One salon.
    static let salon = Schema([
        "type": "object", "required": ["id"], "description": "Unknown values are left out, not null or zero.",
        "properties": .object(
            CardMember.allCases.map { JSONValue.Member($0.rawValue, member($0)) } + [
                .init(
                    "next_free_at",
                    [
                        "type": "string", "format": "date-time",
                        "description":
                            "In answers of `available`: the start of the first offer, in the salon's own time.",
                    ]),
                .init(
                    "next_free_service",
                    [
                        "type": "string", "format": "uuid",
                        "description": "In answers of `available`: what can begin then.",
                    ]),
            ]),
    ]).named("Salon")

    /// A page of salons.
    static let list = Schema.object([
        ("salons", .array(of: salon), true),
        ("as_of", instant.described("The moment that the answer speaks of."), true),
        ("next_cursor", Schema(["type": "string", "description": "There when there is more."]), false),
        ("diagnosis", diagnosis, false),
    ]).named("SalonList")

    private static let instant = Schema(["type": "string", "format": "date-time"])
    private static let text: JSONValue = ["type": "string"]

    private static func member(_ member: CardMember) -> JSONValue {
        switch member {
        case .id: ["type": "string", "format": "uuid"]
        case .tenant: ["type": "string", "description": "Slug of the business."]
        case .name, .website, .phone: text
        case .location:
            [
                "type": "object", "required": ["lat", "lon"],
                "properties": [
                    "lat": ["type": "number", "minimum": -90, "maximum": 90],
                    "lon": ["type": "number", "minimum": -180, "maximum": 180],
                ],
            ]
        case .distance: ["type": "number", "minimum": 0, "description": "Geodesic metres from the origin."]
        case .address:
            [
                "type": "object",
                "properties": [
                    "street": text, "housenumber": text, "floor_door": text, "postcode": text, "city": text,
                    "country": ["type": "string", "minLength": 2, "maxLength": 2],
                ],
            ]
        case .categories: words(Category.allCases.map(\.rawValue))
        case .attributes: words(Attribute.allCases.map(\.rawValue))
        case .rating: ["type": "number", "minimum": 0, "maximum": 5]
        case .ratingCount: ["type": "integer", "minimum": 0]
        case .priceLevel: ["type": "integer", "minimum": 1, "maximum": 4]
        case .openingHours: ["type": "string", "description": "OpenStreetMap syntax, as the source gave it."]
        case .timeZone:
            [
                "type": "string",
                "description": "IANA name; missing where it is not known, and then `open_now` is too.",
            ]
        case .openNow: ["type": "boolean", "description": "Left out where it is not known."]
        case .hoursUnknown: hoursUnknown
        case .opensAt, .closesAt: instant.document
        }
    }

    private static let hoursUnknown: JSONValue = [
        "type": "string", "enum": ["not_stated", "possible_holiday", "not_understood", "time_zone"],
        "description":
            .string(
                "There instead of `open_now`: why the hours given do not say. `not_stated`: the value leaves it open, "
                    + "as \"by appointment\" and `10:00+` do. `possible_holiday`: a `PH` rule decides, and the day is "
                    + "a public holiday in some regions of the country only, or no holidays of it are known."),
    ]

    private static func words(_ values: [String]) -> JSONValue {
        ["type": "array", "items": ["type": "string", "enum": .array(values.map { .string($0) })]]
    }

    private static let diagnosis = Schema([
        "type": "object", "description": "There when the first page is empty.",
        "properties": [
            "within_radius": [
                "type": "integer", "minimum": 0, "description": "Salons in the region, whatever the filters.",
            ],
            "removed": [
                "type": "object", "description": "How many of them each filter by itself removes.",
                "additionalProperties": ["type": "integer", "minimum": 1],
            ],
            "hours_unknown": [
                "type": "object",
                "description":
                    .string(
                        "With `open_now` or `open_at`: of how many salons in the region the hours are not known, by "
                            + "the reason, as the salon's own `hours_unknown` gives it; `not_given` "
                            + "where the salon has none."),
                "additionalProperties": ["type": "integer", "minimum": 1],
            ],
            "relax": ["type": "string", "description": "The one parameter whose removal helps most."],
            "nearest_m": ["type": "number", "description": "How far the nearest salon is that meets all filters."],
            "next_free": [
                "type": "array",
                "description": "In answers of `available`: when the nearest salons are free next, within 14 days.",
                "items": [
                    "type": "object", "required": ["id", "next_free_at"],
                    "properties": ["id": ["type": "string", "format": "uuid"], "next_free_at": instant.document],
                ],
            ],
        ],
    ]).named("Diagnosis")
}
