import Reservations
import Scheduling

extension SchemaDocument {
    /// The schemas of calendars, holds and bookings.
    static let reservationSchemas: [(String, JSONValue)] = [
        ("Price", price), ("Step", step), ("Slot", slot), ("SlotList", slotList), ("ServiceList", serviceList),
        ("StaffList", staffList), ("HoldRequest", holdRequest), ("BookingRequest", bookingRequest),
        ("Customer", customer), ("MoveRequest", moveRequest), ("Booking", booking), ("Series", series),
        ("BookingOrSeries", ["oneOf": [reference("Booking"), reference("Series")]]),
        ("SeriesConflict", seriesConflict), ("OfferLookup", offerLookup), ("OfferLookupAnswer", offerLookupAnswer),
    ]

    static let uuid: JSONValue = ["type": "string", "format": "uuid"]
    private static let text: JSONValue = ["type": "string"]
    private static let minutes: JSONValue = ["type": "integer", "minimum": 0]

    static func reference(_ name: String) -> JSONValue { OpenAPIDocument.reference(name) }

    private static func list(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    static func number(_ value: Int) -> JSONValue { .number(Double(value)) }

    private static let price: JSONValue = [
        "type": "object", "required": ["amount", "currency"],
        "properties": [
            "amount": ["type": "integer", "minimum": 0, "description": "Minor units: øre, cents."],
            "currency": ["type": "string", "minLength": 3, "maxLength": 3, "description": "ISO 4217."],
        ],
    ]

    private static let stepMembers: [(String, JSONValue)] = [
        ("service", uuid), ("staff", uuid), ("start", instant), ("end", instant), ("price", reference("Price")),
    ]

    private static let step: JSONValue = [
        "type": "object", "required": ["service", "staff", "start", "end"], "properties": .object(stepMembers),
    ]

    private static let slot: JSONValue = [
        "type": "object", "required": ["start", "end"],
        "description": "An offer: of one service, or of several `steps` that are had together.",
        "properties": .object(stepMembers + [("steps", list(reference("Step")))]),
    ]

    private static let zone: JSONValue = [
        "type": "string", "description": "IANA name; missing where it is not known.",
    ]

    private static let slotList: JSONValue = [
        "type": "object", "required": ["slots", "as_of"],
        "properties": [
            "slots": list(reference("Slot")),
            "next_from": [
                "type": "string", "format": "date-time",
                "description": "There when there are more: ask again with this as `from`.",
            ],
            "time_zone": zone,
            "hours_unknown": [
                "type": "string", "enum": ["not_understood", "possible_holiday"],
                "description": .string(
                    "`not_understood`: the salon's opening hours are not, and its people's own hours alone count. "
                        + "`possible_holiday`: in some of the time asked for nothing is offered, because the day may be a "
                        + "public holiday on which the salon is closed. Hours that leave a time open (\"by appointment\", "
                        + "`10:00+`) leave it to its people's own hours."),
            ],
            "as_of": instant,
            "diagnosis": [
                "type": "object", "required": ["reason", "detail"],
                "description": "There when nothing can be offered at any time, such as where the zone is not known.",
                "properties": [
                    "reason": ["type": "string", "enum": ["unknown-time-zone"]], "detail": ["type": "string"],
                ],
            ],
        ],
    ]

    private static let serviceList: JSONValue = [
        "type": "object", "required": ["services", "cancellation_window_min"],
        "properties": [
            "services": list([
                "type": "object",
                "required": [
                    "id", "name", "category", "duration_min", "minimum_notice_min", "horizon_days", "slot_step_min",
                    "staff",
                ],
                "properties": [
                    "id": uuid, "name": text,
                    "category": [
                        "type": "string", "enum": .array(ServiceCategory.allCases.map { .string($0.rawValue) }),
                    ],
                    "duration_min": minutes, "minimum_notice_min": minutes,
                    "horizon_days": [
                        "type": "integer", "minimum": 0,
                        "description": "Local dates after today's, on the last of which it can still start.",
                    ],
                    "slot_step_min": [
                        "type": "integer", "minimum": 0,
                        "description": "Starts are a multiple of this after the person's shift begins.",
                    ], "price": reference("Price"), "staff": list(uuid),
                ],
            ]),
            "time_zone": zone,
            "cancellation_window_min": [
                "type": "integer", "minimum": 0,
                "description": "Minutes before the start until which a booking can be cancelled or moved.",
            ],
        ],
    ]

    private static let staffList: JSONValue = [
        "type": "object", "required": ["staff"],
        "properties": [
            "staff": list([
                "type": "object", "required": ["id", "name", "services"],
                "properties": [
                    "id": uuid, "name": text,
                    "services": list([
                        "type": "object", "required": ["id", "duration_min"],
                        "properties": ["id": uuid, "duration_min": minutes, "price": reference("Price")],
                    ]),
                ],
            ])
        ],
    ]

    private static let offerLookup: JSONValue = [
        "type": "object", "required": ["offers"], "additionalProperties": false,
        "properties": [
            "offers": [
                "type": "array", "minItems": 1, "maxItems": number(LookupBody.maximum),
                "items": [
                    "type": "object", "required": ["salon", "service", "start"], "additionalProperties": false,
                    "properties": ["salon": uuid, "service": uuid, "staff": uuid, "start": instant],
                ],
            ]
        ],
    ]

    // MARK: What is answered

    private static let booking: JSONValue = [
        "type": "object", "required": ["id", "salon", "status", "version", "start", "end", "steps"],
        "description": "`service` and `staff` are there when it has one step.",
        "properties": [
            "id": uuid, "salon": uuid,
            "status": ["type": "string", "enum": ["held", "booked", "cancelled", "expired"]],
            "version": ["type": "integer", "minimum": 1, "description": "Raised at each change."],
            "start": instant, "end": instant, "time_zone": ["type": "string", "description": "IANA name."],
            "series": uuid, "expires_at": instant, "service": uuid, "staff": uuid, "price": reference("Price"),
            "steps": list(reference("Step")),
        ],
    ]

    private static let series: JSONValue = [
        "type": "object", "required": ["series", "bookings"],
        "properties": ["series": uuid, "bookings": list(reference("Booking"))],
    ]

    private static let seriesConflict: JSONValue = [
        "type": "object", "required": ["number", "start", "reason"],
        "properties": [
            "number": ["type": "integer", "minimum": 0, "description": "Of the series, from 0."], "start": instant,
            "reason": reason,
        ],
    ]

    private static let reason: JSONValue = [
        "type": "string", "enum": .array((["taken", "unknown-salon"] + RefusalProblem.rules).map { .string($0) }),
        "description": "`taken`, or the rule that forbids it.",
    ]

    private static let offerLookupAnswer: JSONValue = [
        "type": "object", "required": ["offers", "as_of"],
        "properties": [
            "offers": list([
                "type": "object", "required": ["salon", "service", "start", "available"],
                "properties": [
                    "salon": uuid, "service": uuid,
                    "staff": ["type": "string", "format": "uuid", "description": "Who was asked for, or who is free."],
                    "start": instant, "available": ["type": "boolean"], "reason": reason,
                    "next_free_at": [
                        "type": "string", "format": "date-time",
                        "description":
                            "When not available: the next start within seven days after it, if there is one.",
                    ],
                ],
            ]), "as_of": instant,
        ],
    ]
}
