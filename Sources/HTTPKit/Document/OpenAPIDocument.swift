import JSON

/// The OpenAPI 3.1 document of an interface, derived from its operations.
struct OpenAPIDocument {
    let interface: InterfaceDescription
    let operations: [Operation]

    /// The document, with placeholders for examples.
    var document: JSONValue {
        let shown = operations.filter(\.isDocumented)
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string(interface.title), "version": .string(interface.version),
                "description": .string(interface.description),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(interface.tags.map { ["name": .string($0.rawValue)] }),
            "paths": .object(paths(shown)),
            "components": [
                "schemas": .object(schemas(shown)),
                "securitySchemes": [
                    "publishableKey": [
                        "type": "http", "scheme": "bearer", "description": .string(interface.credential),
                    ]
                ],
            ],
            "security": [[:], ["publishableKey": []]],
        ]
    }

    /// The Path Items, in the order of the operations.
    private func paths(_ operations: [Operation]) -> [JSONValue.Member] {
        var paths: [(path: String, items: [JSONValue.Member])] = []
        for operation in operations {
            let item = JSONValue.Member(operation.method.rawValue.lowercased(), document(of: operation))
            if let index = paths.firstIndex(where: { $0.path == operation.path }) {
                paths[index].items.append(item)
            } else {
                paths.append((operation.path, [item]))
            }
        }
        return paths.map { .init($0.path, .object($0.items)) }
    }

    /// The Operation Object.
    private func document(of operation: Operation) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("tags", [.string(operation.tag.rawValue)]), .init("operationId", .string(operation.name)),
            .init("summary", .string(operation.summary)),
        ]
        if let description = operation.description { members.append(.init("description", .string(description))) }
        if !operation.parameters.isEmpty {
            members.append(.init("parameters", .array(operation.parameters.map(\.document))))
        }
        if let body = operation.body {
            var content: [JSONValue.Member] = [.init("schema", body.schema.document)]
            if let example = body.example { content.append(.init("example", example)) }
            members.append(
                .init("requestBody", ["required": true, "content": ["application/json": .object(content)]]))
        }
        members.append(.init("responses", .object(responses(operation))))
        return .object(members)
    }

    /// The Responses Object: what is declared, and what can go wrong.
    private func responses(_ operation: Operation) -> [JSONValue.Member] {
        var responses: [(status: Int, document: JSONValue)] = operation.answers.map { answer in
            var members: [JSONValue.Member] = [.init("description", .string(answer.meaning))]
            if let type = answer.type, let schema = answer.schema {
                members.append(.init("content", .object([.init(type, ["schema": schema.document])])))
            }
            return (answer.status, .object(members))
        }
        if operation.isValidated, !operation.isOpen {
            responses.append((304, ["description": .string(interface.meaning(of: 304, of: operation))]))
        }
        for status in Set(operation.problems.map(\.status)).sorted() {
            // Some answer other than a problem may have the status, too.
            guard !responses.contains(where: { $0.status == status }) else { continue }
            responses.append(
                (
                    status,
                    [
                        "description": .string(
                            interface.meaning(of: status, of: operation)),
                        "content": [
                            "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
                        ],
                    ]
                ))
        }
        return responses.map { .init("\($0.status)", $0.document) }
    }

    /// Every schema that has a name, in the order of the operations that first use it.
    private func schemas(_ operations: [Operation]) -> [JSONValue.Member] {
        var found: [JSONValue.Member] = []
        func add(_ schema: Schema) {
            for (name, document) in schema.components.sorted(by: { $0.key < $1.key })
            where !found.contains(where: { $0.name == name }) {
                found.append(.init(name, document))
            }
        }
        for operation in operations {
            for answer in operation.answers { if let schema = answer.schema { add(schema) } }
            if let body = operation.body { add(body.schema) }
            for parameter in operation.parameters { add(parameter.schema) }
        }
        add(ProblemSchema.schema(of: Problem.Kind.all(of: operations)).named("Problem"))
        return found
    }
}

extension Problem.Kind {
    /// Every kind that operations can answer, and those of requests that reach none.
    static func all(of operations: [Operation]) -> [Problem.Kind] {
        var all = common
        for kind in operations.flatMap(\.problems) where !all.contains(kind) { all.append(kind) }
        return all
    }
}
