import Discovery
import Scheduling

extension ParameterSpecification {
    /// What `GET /v1/salons/available` adds to the parameters of nearby, or reads differently.
    private static let availableOnly: [ParameterSpecification] = [
        .init(
            name: "service",
            description: "A category such as `haircut`, or the `id` of a salon's service. Without it anything.",
            schema: [
                "anyOf": [
                    ["type": "string", "enum": .array(ServiceCategory.allCases.map { .string($0.rawValue) })],
                    ["type": "string", "format": "uuid"],
                ]
            ],
            example: "haircut", isTried: true),
        .init(
            name: "staff", description: "Only by this person. Without it by whoever is free.",
            schema: ["type": "string", "format": "uuid"], example: "3f0c2f9e-6d0a-4f0e-9d5e-0d6d1b0f6a11"),
        .init(
            name: "within_min", description: "Only offers that start within so many minutes. Not with `from` and `to`.",
            schema: [
                "type": "integer", "minimum": 1, "maximum": .number(Double(AvailableParameters.longestMinutes)),
                "default": 60,
            ],
            example: 60),
        .init(
            name: "from", description: "Only offers that start at this instant or later, RFC 3339; goes with `to`.",
            schema: ["type": "string", "format": "date-time"], example: Examples.Marker.from.placeholder, isTried: true),
        .init(
            name: "to",
            description: "Only offers that start before this instant, RFC 3339, at most 14 days after `from`.",
            schema: ["type": "string", "format": "date-time"], example: Examples.Marker.to.placeholder, isTried: true),
        .init(
            name: "party",
            description: "So many want the service at the same time, each from a person of their own. Needs `service`.",
            schema: [
                "type": "integer", "minimum": 1, "maximum": .number(Double(AvailableParameters.maximumParty)),
                "default": 1,
            ],
            example: 2),
        .init(
            name: "walk",
            description: "Whether the way from `lat` and `lon` must fit before the start, at 80 m a minute.",
            schema: ["type": "boolean", "default": false], example: true),
        .init(
            name: "consistency",
            description:
                "`feed`: as of `as_of`, a moment ago. `strong`: the database is asked about every salon that is offered.",
            schema: ["type": "string", "enum": ["feed", "strong"], "default": "feed"], example: "strong"),
        .init(
            name: "sort",
            description: .init(
                "`distance`; `soonest`: earliest start first, among the \(Discovery.soonestPool) nearest; or "
                    + "`distance,soonest`: by distance band and within a band by start."),
            schema: ["type": "string", "enum": ["distance", "soonest", "distance,soonest"], "default": "distance"],
            example: "soonest"),
    ]

    /// The parameters of `GET /v1/salons/available`.
    static let available: [ParameterSpecification] =
        nearby.filter { !availableOnlyNames.contains($0.name) } + availableOnly

    /// The names that nearby does not know, or knows otherwise.
    static let availableOnlyNames = Set(availableOnly.map(\.name))
}
