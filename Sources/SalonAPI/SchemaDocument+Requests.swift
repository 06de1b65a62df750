import Reservations
import Scheduling

/// The schemas of what is sent. Members that exclude each other are in different choices, so that a schema takes what
/// the service takes.
extension SchemaDocument {
    private static let staff: JSONValue = [
        "type": "string", "format": "uuid", "description": "By whom; whoever is free and least busy unless said.",
    ]

    private static func steps(_ members: [(String, JSONValue)], required: [JSONValue]) -> JSONValue {
        [
            "type": "array", "minItems": 1, "maxItems": number(Visit.maximumSteps),
            "description": "What is had together, each step with its own start.",
            "items": object(members, required: required),
        ]
    }

    private static func object(
        _ members: [(String, JSONValue)], required: [JSONValue], _ others: [(String, JSONValue)] = []
    ) -> JSONValue {
        .object(
            [
                ("type", "object"), ("required", .array(required)), ("additionalProperties", false),
                ("properties", .object(members)),
            ] + others)
    }

    /// The two ways to say what is wanted, each with what else the body has.
    private static func visits(_ others: [(String, JSONValue)] = [], required: [JSONValue] = []) -> [JSONValue] {
        let short: [(String, JSONValue)] = [
            ("salon", uuid), ("service", uuid), ("staff", staff), ("start", instant),
            (
                "party",
                [
                    "type": "integer", "minimum": 1, "maximum": number(Visit.maximumSteps), "default": 1,
                    "description": "So many people at the same time, each by a person of their own. Not with `staff`.",
                ]
            ),
        ]
        let long: [(String, JSONValue)] = [
            ("salon", uuid),
            (
                "steps",
                steps([("service", uuid), ("staff", staff), ("start", instant)], required: ["service", "start"])
            ),
        ]
        // A series is of one service and one person.
        func series(_ single: JSONValue) -> [(String, JSONValue)] {
            others.contains { $0.0 == "recurrence" } ? [("dependentSchemas", ["recurrence": single])] : []
        }
        return [
            object(
                short + others, required: ["salon", "service", "start"] + required,
                [
                    ("description", "One service."),
                    ("not", ["required": ["staff", "party"], "properties": ["party": ["minimum": 2]]]),
                ] + series(["properties": ["party": ["maximum": 1]]])),
            object(
                long + others, required: ["salon", "steps"] + required,
                [("description", "Several steps.")] + series(["properties": ["steps": ["maxItems": 1]]])),
        ]
    }

    static let holdRequest: JSONValue = ["oneOf": .array(visits())]

    static let bookingRequest: JSONValue = [
        "oneOf": .array(
            visits(
                [
                    ("customer", reference("Customer")),
                    (
                        "recurrence",
                        [
                            "type": "object", "required": ["every_weeks", "count"], "additionalProperties": false,
                            "description": "The same again, at the same local time: all of them or none.",
                            "properties": [
                                "every_weeks": bounds(BookingBody.weeks), "count": bounds(BookingBody.occurrences),
                            ],
                        ]
                    ),
                ], required: ["customer"])
                + [
                    object(
                        [("hold", uuid), ("customer", reference("Customer"))], required: ["hold", "customer"],
                        [("description", "Keeps what is held.")])
                ])
    ]

    private static func bounds(_ range: ClosedRange<Int>) -> JSONValue {
        ["type": "integer", "minimum": number(range.lowerBound), "maximum": number(range.upperBound)]
    }

    static let customer: JSONValue = [
        "type": "object", "required": ["name"], "additionalProperties": false,
        "description": "`name` and `email` or `phone`, or both. Never shown again; see `eraseCustomer`.",
        "properties": [
            "name": ["type": "string", "minLength": 1, "maxLength": 200],
            "email": ["type": "string", "maxLength": 254],
            "phone": ["type": "string", "description": "5 to 15 digits, maybe with + ( ) - . and spaces."],
        ],
        "anyOf": [["required": ["email"]], ["required": ["phone"]]],
    ]

    private static let version: JSONValue = [
        "type": "integer", "minimum": 1, "maximum": number(Int(Int32.max)),
        "description": "The version that was seen; when it is another by now, nothing is moved.",
    ]

    static let moveRequest: JSONValue = [
        "oneOf": [
            object(
                [("start", instant), ("staff", uuid), ("version", version)], required: ["start"],
                [("description", "The whole booking; its first step begins then.")]),
            object(
                [
                    ("steps", steps([("start", instant), ("staff", uuid)], required: ["start"])),
                    ("version", version),
                ], required: ["steps"], [("description", "Each of its steps.")]),
        ]
    ]
}
