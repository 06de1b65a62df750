import Foundation
import Harness
import JSON
import SearchAPI
import Testing

@testable import HTTPKit

/// One operation of the interface, and how it is asked: what holds for all of them is derived from what each declares.
struct Law: Sendable, CustomTestStringConvertible {
    let operation: HTTPKit.Operation
    var testDescription: String { "\(operation.method.rawValue) \(operation.path)" }

    /// Every operation, of the service as it is put together.
    static func all() async throws -> [Law] {
        try await Backend.shared().interface().operations.map { Law(operation: $0) }
    }

    /// An identifier of nobody and nothing.
    static let nobody = "00000000-0000-4000-8000-00000000dead"
    private static let examples = ExampleScene(now: Date()).examples

    /// What is right for the operation, as far as one can know without a database.
    static func resolved(_ value: JSONValue) -> JSONValue { examples.resolve(value) }

    /// The path with something in the places of its template.
    func path(id: String = nobody) -> String {
        operation.path.replacing("{id}", with: id).replacing("{file}", with: "salons.css")
            .replacing("{name}", with: "not-found")
    }

    var parameters: [ParameterDeclaration] { operation.parameters.filter { $0.place == .query } }

    /// A query that is right: of the parameters with which one begins.
    var query: [(name: String, text: String)] {
        parameters.filter(\.isTried).compactMap { parameter in
            parameter.example.map { (parameter.name, encoded(Self.text(Self.resolved($0)))) }
        }
    }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? value.array?.map(text).joined(separator: ",") ?? value.description
    }

    static func query(_ pairs: [(name: String, text: String)]) -> String {
        pairs.isEmpty ? "" : "?" + pairs.map { "\($0.name)=\($0.text)" }.joined(separator: "&")
    }

    /// Whether the operation needs the name of a write.
    var headers: [ParameterDeclaration] { operation.parameters.filter { $0.place == .header } }

    /// Bodies that are right in their form: the example, and one for each choice of the schema.
    var bodies: [JSONValue] {
        guard let body = operation.body else { return [] }
        let example = body.example.map(Self.resolved)
        return (example.map { [$0] } ?? []) + Sample(body.schema).choices
    }

    /// Asks, and sees to it that the answer is one that the operation declares.
    func ask(
        _ door: Door, path: String? = nil, query: String? = nil, body: JSONValue? = nil, text: String? = nil,
        headers: [String]? = nil, fields: [String] = [], location: SourceLocation = #_sourceLocation
    ) async throws -> Harness.Reply {
        let body = text ?? body?.description ?? bodies.first?.description
        let target = (path ?? self.path()) + (query ?? Self.query(self.query))
        var fields = fields
        fields += headers ?? self.headers.map { "\($0.name): \(UUID().uuidString)" }
        let reply = try await door.send(operation.method.rawValue, target, body, fields: fields)
        #expect(
            operation.statuses.contains(reply.status),
            "\(testDescription) does not declare \(reply.status): \(reply.text.prefix(300))", sourceLocation: location)
        if reply.status >= 400, !operation.isOpen {
            #expect(reply["content-type"] == "application/problem+json", sourceLocation: location)
        }
        return reply
    }
}

/// Values that a schema takes.
struct Sample {
    let schema: Schema

    init(_ schema: Schema) {
        self.schema = schema
    }

    /// One for each choice that the schema leaves; none where it leaves none.
    var choices: [JSONValue] { resolved(schema.document)["oneOf"]?.array?.map(value) ?? [] }

    func resolved(_ document: JSONValue) -> JSONValue {
        guard let name = document["$ref"]?.string?.split(separator: "/").last else { return document }
        return schema.components[String(name)] ?? document
    }

    private func value(_ document: JSONValue) -> JSONValue {
        let document = resolved(document)
        switch document["type"]?.string {
        case "object":
            var names = document["required"]?.array?.compactMap(\.string) ?? []
            // The first of those of which it needs one.
            names += document["anyOf"]?.array?.first?["required"]?.array?.compactMap(\.string) ?? []
            return .object(names.map { name in .init(name, value(document["properties"]?[name] ?? .null)) })
        case "array": return .array([value(document["items"] ?? .null)])
        case "integer": return .integer(document["minimum"]?.number?.integer ?? 1)
        case "boolean": return true
        default:
            switch document["format"]?.string {
            case "uuid": return .string(Law.nobody)
            case "date-time": return Law.resolved(Examples.placeholder("start"))
            // The only texts of a body are names and contacts.
            default: return "a@b.example"
            }
        }
    }
}
