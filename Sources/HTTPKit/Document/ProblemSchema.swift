import JSON

/// What the document says of a problem.
enum ProblemSchema {
    /// The schema, with the members and rules of all kinds.
    static func schema(of kinds: [Problem.Kind]) -> Schema {
        var rules: [String] = []
        for rule in kinds.flatMap(\.rules) where !rules.contains(rule) { rules.append(rule) }
        var members: [(name: String, schema: Schema, isRequired: Bool)] = [
            ("type", type, true), ("title", Schema(["type": "string"]), true),
            ("status", Schema(["type": "integer"]), true), ("detail", Schema(["type": "string"]), false),
            (
                "error_count",
                Schema([
                    "type": "integer",
                    "description": "How many things are wrong, where that is more than `errors` tells.",
                ]), false
            ),
            ("errors", errors(rules), false), ("request_id", Schema(["type": "string"]), true),
        ]
        for member in kinds.flatMap(\.members) where !members.contains(where: { $0.name == member.name }) {
            members.append((member.name, member.schema, false))
        }
        return .object(members)
    }

    private static let type = Schema([
        "type": "string", "format": "uri-reference",
        "description": "Names the kind, and leads to a page about it.", "examples": ["/problems/not-found"],
    ])

    private static func errors(_ rules: [String]) -> Schema {
        var properties: [JSONValue.Member] = [
            .init("parameter", ["type": "string"]), .init("header", ["type": "string"]),
            .init(
                "pointer",
                [
                    "type": "string", "minLength": 0,
                    "description": "A JSON pointer into the body; empty for the whole.",
                ]),
            .init("detail", ["type": "string"]),
        ]
        if !rules.isEmpty {
            properties.append(.init("rule", ["type": "string", "enum": .array(rules.map { .string($0) })]))
        }
        return Schema([
            "type": "array", "maxItems": .integer(Problem.toldFaults),
            "items": [
                "type": "object", "required": ["detail"],
                "description": "One of `parameter`, `header` and `pointer` says what it concerns.",
                "properties": .object(properties),
            ],
        ])
    }
}
