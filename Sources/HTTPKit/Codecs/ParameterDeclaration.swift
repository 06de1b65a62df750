public import JSON

/// What the document and the check of names know of one parameter.
@usableFromInline
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

    /// A parameter of a query.
    @usableFromInline
    init(query name: String, _ description: String, _ schema: Schema, _ example: JSONValue?, _ isTried: Bool) {
        self.init(
            name: name, place: .query, description: description, schema: schema, example: example, isTried: isTried,
            isRequired: false)
    }

    @usableFromInline
    func add(_ detail: String, to faults: Faults) { faults.add(fault(detail)) }

    func fault(_ detail: String) -> Problem.Fault {
        place == .header ? .init(header: name, detail: detail) : .init(parameter: name, detail: detail)
    }

    init(
        name: String, place: Place, description: String, schema: Schema, example: JSONValue?, isTried: Bool,
        isRequired: Bool, unknown: Problem.Kind? = nil
    ) {
        self.name = name
        self.place = place
        self.description = description
        self.schema = schema
        self.example = example
        self.isTried = isTried
        self.isRequired = isRequired
        self.unknown = unknown
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
