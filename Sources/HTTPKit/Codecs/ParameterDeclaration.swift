import JSON

/// What the document and the check of names know of one parameter.
struct ParameterDeclaration: Sendable {
    /// Where a request has it.
    enum Place: String, Sendable {
        case query
        case path
        case header
    }

    var name: String
    var place: Place
    var description: String
    var schema: Schema
    var example: JSONValue?
    var isTried: Bool
    var isRequired: Bool
    /// For a part of the path: what is not there when it has no such value.
    var unknown: Problem.Kind?

    func fault(_ detail: String) -> Problem.Fault {
        place == .header ? .init(header: name, detail: detail) : .init(parameter: name, detail: detail)
    }

    /// The Parameter Object of OpenAPI 3.1.
    var document: JSONValue {
        var schema = schema
        if let example, !isTried { schema = schema.adding([("examples", .array([example]))]) }
        var members: [JSONValue.Member] = [
            .init("name", .string(name)), .init("in", .string(place.rawValue)), .init("required", .bool(isRequired)),
            .init("description", .string(description)), .init("schema", schema.document),
        ]
        if let example, isTried { members.append(.init("example", example)) }
        // A list is written `a,b,c`, not repeated.
        if place == .query, schema.document["type"]?.string == "array" {
            members += [.init("style", "form"), .init("explode", false)]
        }
        return .object(members)
    }
}
