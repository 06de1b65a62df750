/// One operation of the interface as the OpenAPI document and the page for people describe it.
struct Operation: Sendable {
    var method: String
    var route: Route
    var name: String
    var summary: String
    var description: String
    var parameters: [JSONValue] = []
    /// The name of the body's schema.
    var body: String?
    /// A body that works.
    var example: JSONValue?
    var responses: JSONValue

    /// The Operation Object of OpenAPI 3.1.
    var document: JSONValue {
        var members: [(String, JSONValue)] = [
            ("tags", [route.isReservation ? OpenAPIDocument.Tag.bookings : OpenAPIDocument.Tag.salons]),
            ("operationId", .string(name)), ("summary", .string(summary)), ("description", .string(description)),
        ]
        if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
        if let body {
            var content: [(String, JSONValue)] = [("schema", OpenAPIDocument.reference(body))]
            if let example { content.append(("example", example)) }
            members.append(
                ("requestBody", ["required": true, "content": ["application/json": .object(content)]]))
        }
        members.append(("responses", responses))
        return .object(members)
    }

    /// The Path Items of operations, in their order.
    static func paths(_ operations: [Operation]) -> [(String, JSONValue)] {
        var paths: [(String, [(String, JSONValue)])] = []
        for operation in operations {
            if let index = paths.firstIndex(where: { $0.0 == operation.route.template }) {
                paths[index].1.append((operation.method, operation.document))
            } else {
                paths.append((operation.route.template, [(operation.method, operation.document)]))
            }
        }
        return paths.map { ($0.0, .object($0.1)) }
    }
}
