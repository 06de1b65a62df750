import Scheduling

extension ParameterSpecification {
    /// The parameters of `GET /v1/salons/{id}/slots`.
    static let slots: [ParameterSpecification] = [
        .init(
            name: "service",
            description:
                "A service's `id` or a category. Several are had one after the other, in this order. Without it every "
                + "service by itself. Written as `haircut,colour`.",
            schema: [
                "type": "array", "minItems": 1, "maxItems": number(SlotQuestion.maximumSteps),
                "items": [
                    "anyOf": [
                        ["type": "string", "format": "uuid"],
                        [
                            "type": "string",
                            "enum": .array(ServiceCategory.allCases.map { .string($0.rawValue) }),
                        ],
                    ]
                ],
            ],
            example: ["haircut"], isList: true),
        .init(
            name: "staff", description: "Only offers by this person. Without it by whoever is free.",
            schema: ["type": "string", "format": "uuid"], example: "3f0c2f9e-6d0a-4f0e-9d5e-0d6d1b0f6a11"),
        .init(
            name: "from",
            description: "Only offers that start at this instant or later, RFC 3339 with offset; now unless said.",
            schema: ["type": "string", "format": "date-time"], example: Examples.Marker.from.placeholder, isTried: true),
        .init(
            name: "to",
            description:
                "Only offers that start before this instant, RFC 3339 with offset, at most 31 days after `from`; seven "
                + "days after it unless said.",
            schema: ["type": "string", "format": "date-time"], example: Examples.Marker.to.placeholder, isTried: true),
        .init(
            name: "within_min", description: "Only offers that start within so many minutes. Not with `from` and `to`.",
            schema: ["type": "integer", "minimum": 1, "maximum": number(SlotQuestion.longestMinutes)], example: 60),
        .init(
            name: "party",
            description: "So many people want the one service at the same time, each from a person of their own.",
            schema: ["type": "integer", "minimum": 1, "maximum": number(SlotQuestion.maximumParty), "default": 1],
            example: 2),
        .init(
            name: "max_gap_min", description: "So many minutes may lie between one service and the next.",
            schema: ["type": "integer", "minimum": 0, "maximum": number(SlotQuestion.longestGap), "default": 30],
            example: 15),
        .init(
            name: "limit",
            description:
                "About so many slots: those of one start are not parted. `next_from` is there when there are more.",
            schema: [
                "type": "integer", "minimum": 1, "maximum": number(SlotQuestion.maximumLimit),
                "default": number(SlotQuestion.defaultLimit),
            ],
            example: 100),
    ]

    /// Their names.
    static let slotNames = Set(slots.map(\.name))

    private static func number(_ value: Int) -> JSONValue { .number(Double(value)) }
}
