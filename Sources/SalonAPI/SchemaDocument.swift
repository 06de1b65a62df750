import Directory
import Salons

/// The schemas of the OpenAPI document.
enum SchemaDocument {
    static let schemas: [(String, JSONValue)] = [
        ("Salon", salon), ("SalonList", salonList), ("Diagnosis", diagnosis), ("Area", area), ("Problem", problem),
    ]

    static let instant: JSONValue = ["type": "string", "format": "date-time"]

    private static let salon: JSONValue = [
        "type": "object", "required": ["id"],
        "description": "Unknown values are left out, not null or zero.",
        "properties": [
            "id": ["type": "string", "format": "uuid"],
            "tenant": ["type": "string", "description": "Slug of the business."],
            "name": ["type": "string"],
            "location": [
                "type": "object", "required": ["lat", "lon"],
                "properties": [
                    "lat": ["type": "number", "minimum": -90, "maximum": 90],
                    "lon": ["type": "number", "minimum": -180, "maximum": 180],
                ],
            ],
            "distance_m": ["type": "number", "minimum": 0, "description": "Geodesic metres from the origin."],
            "address": [
                "type": "object",
                "properties": [
                    "street": ["type": "string"], "housenumber": ["type": "string"], "floor_door": ["type": "string"],
                    "postcode": ["type": "string"], "city": ["type": "string"],
                    "country": ["type": "string", "minLength": 2, "maxLength": 2],
                ],
            ],
            "categories": words(Category.allCases.map(\.rawValue)),
            "attributes": words(Attribute.allCases.map(\.rawValue)),
            "rating": ["type": "number", "minimum": 0, "maximum": 5],
            "rating_count": ["type": "integer", "minimum": 0],
            "price_level": ["type": "integer", "minimum": 1, "maximum": 4],
            "opening_hours": ["type": "string", "description": "OpenStreetMap syntax, as the source gave it."],
            "website": ["type": "string"], "phone": ["type": "string"],
            "time_zone": [
                "type": "string",
                "description": "IANA name; missing where it is not known, and then `open_now` is too.",
            ],
            "open_now": ["type": "boolean", "description": "Left out where it is not known."],
            "hours_unknown": [
                "type": "string",
                "enum": ["not_stated", "possible_holiday", "not_understood", "time_zone"],
                "description": .string(
                    "There instead of `open_now`: why the hours given do not say. `not_stated`: the value leaves it "
                        + "open, as \"by appointment\" and `10:00+` do. `possible_holiday`: a `PH` rule decides, and the day "
                        + "is a public holiday in some regions of the country only, or no holidays of it are known."),
            ],
            "opens_at": instant, "closes_at": instant,
            "next_free_at": [
                "type": "string", "format": "date-time",
                "description": "In answers of `available`: the start of the first offer, in the salon's own time.",
            ],
            "next_free_service": [
                "type": "string", "format": "uuid", "description": "In answers of `available`: what can begin then.",
            ],
        ],
    ]

    private static let salonList: JSONValue = [
        "type": "object", "required": ["salons", "as_of"],
        "properties": [
            "salons": ["type": "array", "items": OpenAPIDocument.reference("Salon")],
            "as_of": ["type": "string", "format": "date-time", "description": "The moment that the answer speaks of."],
            "next_cursor": ["type": "string", "description": "There when there is more."],
            "diagnosis": OpenAPIDocument.reference("Diagnosis"),
        ],
    ]

    private static let diagnosis: JSONValue = [
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
                "description": .string(
                    "With `open_now` or `open_at`: of how many salons in the region the hours are not known, by the "
                        + "reason, as the salon's own `hours_unknown` gives it; `not_given` where the salon has none."),
                "additionalProperties": ["type": "integer", "minimum": 1],
            ],
            "relax": ["type": "string", "description": "The one parameter whose removal helps most."],
            "nearest_m": ["type": "number", "description": "How far the nearest salon is that meets all filters."],
            "next_free": [
                "type": "array",
                "description": "In answers of `available`: when the nearest salons are free next, within 14 days.",
                "items": [
                    "type": "object", "required": ["id", "next_free_at"],
                    "properties": ["id": ["type": "string", "format": "uuid"], "next_free_at": instant],
                ],
            ],
        ],
    ]

    private static let area: JSONValue = [
        "type": "object", "required": ["area"], "additionalProperties": false,
        "properties": [
            "area": [
                "type": "object", "required": ["type", "coordinates"],
                "description": .string(
                    "GeoJSON Polygon or MultiPolygon, longitude before latitude. One that crosses ±180° is cut there into "
                        + "the parts of a MultiPolygon."),
                "properties": [
                    "type": ["type": "string", "enum": ["Polygon", "MultiPolygon"]],
                    "coordinates": ["type": "array", "minItems": 1, "items": ["type": "array", "minItems": 1]],
                ],
            ]
        ],
    ]

    private static let problem: JSONValue = [
        "type": "object", "required": ["type", "title", "status", "request_id"],
        "properties": [
            "type": [
                "type": "string", "format": "uri-reference",
                "description": "Names the kind, and leads to a page about it.",
                "examples": ["/problems/slot-taken"],
            ],
            "title": ["type": "string"], "status": ["type": "integer"],
            "detail": ["type": "string"],
            "error_count": [
                "type": "integer",
                "description": .string("How many things are wrong, where that is more than `errors` tells."),
            ],
            "errors": [
                "type": "array", "maxItems": .number(Double(Problem.toldFaults)),
                "items": [
                    "type": "object", "required": ["detail"],
                    "description": "One of `parameter`, `header` and `pointer` says what it concerns.",
                    "properties": [
                        "parameter": ["type": "string"], "header": ["type": "string"],
                        "pointer": [
                            "type": "string", "minLength": 0,
                            "description": "A JSON pointer into the body; empty for the whole.",
                        ],
                        "detail": ["type": "string"],
                        "rule": ["type": "string", "enum": .array(RefusalProblem.rules.map { .string($0) })],
                    ],
                ],
            ],
            "request_id": ["type": "string"],
            "alternatives": [
                "type": "array", "description": "For `slot-taken`: the nearest offers that are free, at most three.",
                "items": OpenAPIDocument.reference("Slot"),
            ],
            "conflicts": [
                "type": "array", "description": "For `series-conflicts`: the occurrences that cannot be had.",
                "items": OpenAPIDocument.reference("SeriesConflict"),
            ],
            "version": ["type": "integer", "description": "For `changed-meanwhile`: the present version."],
            "cancellation_window_min": [
                "type": "integer",
                "description": "For `too-late`: minutes before the start until which it can be changed.",
            ],
        ],
    ]

    private static func words(_ values: [String]) -> JSONValue {
        ["type": "array", "items": ["type": "string", "enum": .array(values.map { .string($0) })]]
    }
}
