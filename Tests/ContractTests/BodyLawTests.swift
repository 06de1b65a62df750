import Harness
import JSON
import Testing

@testable import HTTPKit

struct `Bodies of every operation` {
    private static func laws() async throws -> [Law] { try await Law.all().filter { $0.operation.body != nil } }

    @Test func `are taken as the document shows them, in each of their forms`() async throws {
        let door = try await Door.shared()
        let laws = try await Self.laws()
        #expect(laws.count >= 5)
        for law in laws {
            #expect(!law.bodies.isEmpty)
            for body in law.bodies {
                let reply = try await law.ask(door, body: body)
                #expect(reply.status != 400, "\(law.testDescription) \(body): \(reply.text)")
            }
        }
    }

    @Test func `are refused by pointers to what is wrong in them`() async throws {
        let door = try await Door.shared()
        let contract = try await Contract.served()
        var asked = 0
        for law in try await Self.laws() {
            guard let schema = law.operation.body?.schema else { continue }
            for body in law.bodies {
                for change in BodyChanges(schema).all(of: body) {
                    let reply = try await law.ask(door, body: change.body)
                    #expect(reply.status == 400, "\(law.testDescription) \(change.body): \(reply.text)")
                    #expect(
                        reply.pointers.contains(change.pointer),
                        "\(law.testDescription) \(change.body): \(change.pointer) is not among \(reply.text)")
                    #expect(contract.faults(reply.json, ["$ref": "#/components/schemas/Problem"]) == [])
                    asked += 1
                }
            }
        }
        #expect(asked > 400)
    }

    @Test(arguments: ["", " ", "{", "[]", "null", "1", "\"x\"", "{}{}", "{'a':1}", "\u{FEFF}{}"])
    func `are refused whole where they are no object`(text: String) async throws {
        let door = try await Door.shared()
        for law in try await Self.laws() {
            let reply = try await law.ask(door, text: text)
            #expect(reply.status == 400)
            #expect(reply.problem == "invalid-body")
            #expect(reply.pointers == [""], "\(law.testDescription): \(reply.text)")
        }
    }

    @Test func `are bounded, and JSON`() async throws {
        let door = try await Door.shared()
        for law in try await Self.laws() {
            let long = #"{"a":""# + String(repeating: "x", count: law.operation.limits.bodyBytes) + #""}"#
            #expect(try await law.ask(door, text: long).status == 413)
            let reply = try await door.ask(
                law.path(), method: law.operation.method.rawValue, fields: ["Content-Type: text/plain"],
                body: Array("{}".utf8))
            #expect(reply.status == 415)
        }
    }
}

/// A body with one thing wrong in it, and the pointer that names it.
struct BodyChange {
    let body: JSONValue
    let pointer: String
}

/// Finds everything that can be made wrong in a body, by its schema.
struct BodyChanges {
    private let sample: Sample

    init(_ schema: Schema) {
        sample = Sample(schema)
    }

    func all(of body: JSONValue) -> [BodyChange] { changes(body, choice(body, sample.schema.document), "") }

    /// The object of several that an object is.
    private func choice(_ body: JSONValue, _ document: JSONValue) -> JSONValue {
        let document = sample.resolved(document)
        let names = Set(body.members?.map(\.name) ?? [])
        return document["oneOf"]?.array?.first { choice in
            names.isSubset(of: choice["properties"]?.members?.map(\.name) ?? [])
                && names.isSuperset(of: choice["required"]?.array?.compactMap(\.string) ?? [])
        } ?? document
    }

    private func changes(_ value: JSONValue, _ document: JSONValue, _ pointer: String) -> [BodyChange] {
        let document = sample.resolved(document)
        var changes = pointer.isEmpty ? [] : wrong(document).map { BodyChange(body: $0, pointer: pointer) }
        if let members = value.members, let properties = document["properties"]?.members {
            for property in properties {
                let place = "\(pointer)/\(property.name)"
                guard let present = value[property.name] else {
                    for wrong in wrong(sample.resolved(property.value)) {
                        changes.append(
                            BodyChange(body: .object(members + [.init(property.name, wrong)]), pointer: place))
                    }
                    continue
                }
                for change in self.changes(present, property.value, place) {
                    let changed = members.map { $0.name == property.name ? .init($0.name, change.body) : $0 }
                    changes.append(BodyChange(body: .object(changed), pointer: change.pointer))
                }
                changes.append(BodyChange(body: .object(members + [.init(property.name, present)]), pointer: place))
            }
            if document["additionalProperties"] == false {
                changes.append(
                    BodyChange(body: .object(members + [.init("nonsense", 1)]), pointer: pointer + "/nonsense"))
            }
        } else if let elements = value.array, let items = document["items"], items["type"] != "array" {
            for (index, element) in elements.enumerated() {
                for change in self.changes(element, items, "\(pointer)/\(index)") {
                    var changed = elements
                    changed[index] = change.body
                    changes.append(BodyChange(body: .array(changed), pointer: change.pointer))
                }
            }
        }
        return changes
    }

    /// Values that a schema does not take.
    private func wrong(_ document: JSONValue) -> [JSONValue] {
        let any: [JSONValue] = [.null, true]
        switch document["type"]?.string {
        case "object": return any + [1, "x", []]
        case "array":
            let longest = document["maxItems"]?.number?.integer.map {
                [JSONValue.array(Array(repeating: [:], count: $0 + 1))]
            }
            return any + [1, "x", [:], []] + (longest ?? [])
        case "integer":
            let bounds = [
                document["minimum"]?.number?.integer.map { JSONValue.integer($0 - 1) },
                document["maximum"]?.number?.integer.map { JSONValue.integer($0 + 1) },
            ]
            return any + ["1", 1.5, [:], []] + bounds.compactMap { $0 }
        default:
            var values = any + [1, [:], []]
            switch document["format"]?.string {
            case "uuid": values += ["", "x", .string(Law.nobody + "0")]
            case "date-time": values += ["", "tomorrow", "2030-02-30T10:00:00Z", "2030-01-01T10:00:60Z", "2030-01-01"]
            default: break
            }
            if let longest = document["maxLength"]?.number?.integer {
                values.append(.string(String(repeating: "x", count: longest + 1)))
            }
            return values
        }
    }
}
