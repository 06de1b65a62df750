import Foundation
import Harness
import Testing

/// Judges a body by its schema, with the words of JSON Schema 2020-12 that the document uses.
struct RequestSchema {
    let contract: Contract

    init(_ contract: Contract) {
        self.contract = contract
    }

    func accepts(_ value: JSONTree, _ schema: JSONTree?) -> Bool {
        guard let schema else { return false }
        if let reference = schema["$ref"]?.string {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            return accepts(value, contract.document["components"]?["schemas"]?[name])
        }
        if let choices = schema["oneOf"]?.array, choices.count(where: { accepts(value, $0) }) != 1 { return false }
        if let choices = schema["anyOf"]?.array, !choices.contains(where: { accepts(value, $0) }) { return false }
        if let not = schema["not"], accepts(value, not) { return false }
        if let type = schema["type"]?.string, !Self.isOf(type, value) { return false }
        switch value {
        case .object(let members): return object(members, schema)
        case .array(let elements):
            return Self.isWithin(Double(elements.count), schema, "minItems", "maxItems")
                && elements.allSatisfy { schema["items"] == nil || accepts($0, schema["items"]) }
        case .number(let number): return Self.isWithin(number, schema, "minimum", "maximum")
        case .string(let text):
            if schema["format"]?.string == "uuid", UUID(uuidString: text) == nil { return false }
            return Self.isWithin(Double(text.count), schema, "minLength", "maxLength")
        case .null, .bool: return true
        }
    }

    private func object(_ members: [String: JSONTree], _ schema: JSONTree) -> Bool {
        for name in schema["required"]?.array ?? [] where members[name.string ?? ""] == nil { return false }
        for (name, value) in members {
            if let member = schema["properties"]?[name] {
                if !accepts(value, member) { return false }
            } else if schema["additionalProperties"]?.bool == false {
                return false
            }
            if let dependent = schema["dependentSchemas"]?[name], !accepts(.object(members), dependent) { return false }
        }
        return true
    }

    private static func isOf(_ type: String, _ value: JSONTree) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("number", .number), ("boolean", .bool): true
        case ("integer", .number(let number)): number.rounded() == number
        default: false
        }
    }

    private static func isWithin(_ number: Double, _ schema: JSONTree, _ least: String, _ most: String) -> Bool {
        number >= schema[least]?.number ?? -.infinity && number <= schema[most]?.number ?? .infinity
    }
}

struct `The schema of a body takes what the service takes` {
    private static let id = "00000000-0000-4000-8000-000000000000"
    private static let wish = #""service":"\#(id)","start":"2030-01-02T10:00:00Z""#
    private static let steps = #""steps":[{\#(wish)}]"#
    private static let two = #""steps":[{\#(wish)},{\#(wish)}]"#
    private static let salon = #""salon":"\#(id)""#
    private static let customer = #""customer":{"name":"a","email":"a@b.example"}"#
    private static let series = #""recurrence":{"every_weeks":1,"count":3}"#
    private static let staff = #""staff":"\#(id)""#

    private static let visits = [
        "\(salon),\(wish)", "\(salon),\(wish),\(staff)", "\(salon),\(wish),\"party\":2", "\(salon),\(steps)",
        "\(salon),\(wish),\(staff),\"party\":1", "\(salon),\(wish),\(staff),\"party\":2", "\(salon),\(wish),\(steps)",
        "\(salon),\(steps),\(staff)", "\(salon),\(steps),\"party\":2", "\(salon)", wish, steps, "\(salon),\"steps\":[]",
        "\(salon),\(wish),\"x\":1", "\(salon),\(wish),\"party\":0", "\(salon),\(wish),\"party\":9", "\(salon),\(two)",
    ]
    private static let holds = visits.map { "{\($0)}" }
    private static let bookings =
        visits.map { "{\($0),\(customer)}" }
        + [
            "{\(salon),\(wish)}", "{\"hold\":\"\(id)\",\(customer)}", "{\"hold\":\"\(id)\"}",
            "{\"hold\":\"\(id)\",\(salon),\(customer)}", "{\"hold\":\"\(id)\",\(wish),\(customer)}",
            "{\"hold\":\"\(id)\",\(steps),\(customer)}", "{\"hold\":\"\(id)\",\(series),\(customer)}",
            "{\(salon),\(wish),\(series),\(customer)}", "{\(salon),\(steps),\(series),\(customer)}",
            "{\(salon),\(two),\(series),\(customer)}", "{\(salon),\(wish),\"party\":2,\(series),\(customer)}",
            "{\(salon),\(wish),\"customer\":{\"name\":\"a\"}}",
            "{\(salon),\(wish),\"customer\":{\"name\":\"a\",\"phone\":\"12345678\"}}",
            "{\(salon),\(wish),\"customer\":{\"email\":\"a@b.example\"}}",
        ]
    private static let moves = [
        #"{"start":"2030-01-02T10:00:00Z"}"#, #"{"start":"2030-01-02T10:00:00Z","steps":[]}"#,
        #"{"steps":[{"start":"2030-01-02T10:00:00Z"}]}"#, #"{"steps":[{"start":"2030-01-02T10:00:00Z"}],\#(staff)}"#,
        "{}", #"{"version":1}"#, #"{"start":"2030-01-02T10:00:00Z","version":1,\#(staff)}"#,
    ]

    private static let cases =
        holds.map { ("POST", "/v1/holds", $0) } + bookings.map { ("POST", "/v1/bookings", $0) }
        + moves.map { ("PATCH", "/v1/bookings/{id}", $0) }

    @Test(arguments: cases) func `no more and no less`(method: String, path: String, body: String) async throws {
        let contract = try await Contract.served()
        let operation = contract.document["paths"]?[path]?[method.lowercased()]
        let schema = operation?["requestBody"]?["content"]?["application/json"]?["schema"]
        let reply = try await Door.shared().send(
            method, path.replacing("{id}", with: Self.id), body, key: UUID().uuidString)
        // A body that is right is of a salon or a booking that is not there.
        #expect([400, 404].contains(reply.status), "\(reply.text)")
        let isTaken = RequestSchema(contract).accepts(try #require(JSONTree(Array(body.utf8))), schema)
        #expect(isTaken == (reply.status == 404), "\(body): \(reply.text)")
    }
}
