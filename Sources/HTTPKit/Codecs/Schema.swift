public import JSON

/// A JSON Schema, with the named schemas that it refers to.
public struct Schema: Sendable {
    /// The schema itself.
    public private(set) var document: JSONValue
    /// What it refers to, under the names of the document's components.
    private(set) var components: [String: JSONValue] = [:]

    /// A schema that refers to nothing.
    public init(_ document: JSONValue) {
        self.document = document
    }

    /// A schema that refers to what the others refer to.
    @usableFromInline
    init(_ document: JSONValue, uses others: [Schema]) {
        self.document = document
        for other in others { components.merge(other.components) { first, _ in first } }
    }

    /// A reference to this schema under a name of its own.
    public func named(_ name: String) -> Schema {
        var schema = Schema(["$ref": .string("#/components/schemas/\(name)")], uses: [self])
        schema.components[name] = document
        return schema
    }

    /// The schema with further words; a word that it has already is replaced.
    public func adding(_ words: [(String, JSONValue)]) -> Schema {
        guard case .object(let members) = document, document["$ref"] == nil else { return self }
        var schema = self
        let names = words.map(\.0)
        schema.document = .object(
            members.filter { !names.contains($0.name) } + words.map { JSONValue.Member($0.0, $0.1) })
        return schema
    }

    /// The schema with a sentence about it. A reference says itself what it is.
    public func described(_ text: String?) -> Schema {
        text.map { adding([("description", .string($0))]) } ?? self
    }

    /// An array of what a schema describes.
    public static func array(of items: Schema, _ words: [(String, JSONValue)] = []) -> Schema {
        Schema(["type": "array", "items": items.document], uses: [items]).adding(words)
    }

    /// An object of members, in their order.
    public static func object(
        _ members: [(name: String, schema: Schema, isRequired: Bool)], _ words: [(String, JSONValue)] = []
    ) -> Schema {
        let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
        let properties = members.map { JSONValue.Member($0.name, $0.schema.document) }
        let schema = Schema(
            required.isEmpty
                ? ["type": "object", "properties": .object(properties)]
                : ["type": "object", "required": .array(required), "properties": .object(properties)],
            uses: members.map(\.schema))
        return schema.adding(words)
    }

    /// What fits exactly one of several.
    public static func oneOf(_ choices: [Schema]) -> Schema {
        Schema(["oneOf": .array(choices.map(\.document))], uses: choices)
    }
}
