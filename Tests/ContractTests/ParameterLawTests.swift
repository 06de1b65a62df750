import Harness
import JSON
import Testing

@testable import HTTPKit

struct `Parameters of every operation` {
    /// A query that is right but for one parameter. What contradicts it does not matter: it is named as well.
    private static func query(_ law: Law, _ name: String, _ raw: String) -> String {
        Law.query(law.query.filter { $0.name != name } + [(name, raw)])
    }

    @Test func `are right as the document shows them`() async throws {
        let door = try await Door.shared()
        for law in try await Law.all() where !law.operation.isOpen {
            let reply = try await law.ask(door)
            #expect(reply.status != 400, "\(law.testDescription): \(reply.text)")
            for parameter in law.parameters {
                guard let example = parameter.example else { continue }
                let value = JSONTree(Law.resolved(example).bytes)!
                let schema = JSONTree(parameter.schema.document.bytes)
                #expect(try await Contract.served().faults(value, schema) == [], "\(parameter.name)")
            }
        }
    }

    @Test func `are refused by their names where their values fit no schema`() async throws {
        let door = try await Door.shared()
        let contract = try await Contract.served()
        var asked = 0
        for law in try await Law.all() where !law.operation.isOpen {
            for parameter in law.parameters {
                for bad in BadValue.all(of: JSONTree(parameter.document.bytes)!) {
                    let reply = try await law.ask(door, query: Self.query(law, parameter.name, bad.raw))
                    #expect(reply.status == 400, "\(law.testDescription) \(bad.testDescription): \(reply.text)")
                    #expect(
                        reply.faults.contains(parameter.name),
                        "\(law.testDescription) \(bad.testDescription): \(reply.text)")
                    #expect(contract.faults(reply.json, ["$ref": "#/components/schemas/Problem"]) == [])
                    asked += 1
                }
            }
        }
        #expect(asked > 1_500)
    }

    @Test func `are refused where they are given twice, and where they are not known`() async throws {
        let door = try await Door.shared()
        for law in try await Law.all() where !law.operation.isOpen {
            for parameter in law.parameters {
                let pair = law.query.first { $0.name == parameter.name } ?? (parameter.name, "x")
                let reply = try await law.ask(
                    door, query: Law.query(law.query.filter { $0.name != pair.name } + [pair, pair]))
                #expect(reply.status == 400)
                #expect(reply.faults.contains(parameter.name), "\(law.testDescription): \(reply.text)")
            }
            let reply = try await law.ask(door, query: Law.query(law.query + [("nonsense", "1")]))
            #expect(reply.status == 400)
            #expect(reply.faults == ["nonsense"], "\(law.testDescription): \(reply.text)")
        }
    }

    @Test func `in header fields are refused by the names of those`() async throws {
        let door = try await Door.shared()
        var asked = 0
        for law in try await Law.all() {
            for header in law.headers {
                let values = [
                    [], [""], [String(repeating: "k", count: 256)], ["é"], ["a", "b"], ["a", "a"],
                ]
                for value in values {
                    let reply = try await law.ask(door, headers: value.map { "\(header.name): \($0)" })
                    #expect(reply.status == 400, "\(law.testDescription) \(value): \(reply.text)")
                    #expect(reply.headers == [header.name])
                    asked += 1
                }
            }
        }
        #expect(asked > 20)
    }

    @Test func `of the path lead nowhere where they are no such value`() async throws {
        let door = try await Door.shared()
        for law in try await Law.all() where law.operation.path.contains("{id}") {
            for id in ["x", "%00", "%FF", "..", Law.nobody + "0", "%2F", "nearby%20"] {
                let reply = try await law.ask(door, path: law.path(id: id))
                #expect(reply.status == 404, "\(law.testDescription) \(id): \(reply.text)")
                #expect(reply.faults == ["id"])
            }
        }
    }

    @Test func `are told with all else that is wrong`() async throws {
        let door = try await Door.shared()
        for law in try await Law.all() where law.operation.body != nil {
            let reply = try await law.ask(door, query: "?a=1&b=2", text: #"{"c":3}"#, headers: [])
            #expect(reply.status == 400)
            #expect(reply.faults == ["a", "b"])
            #expect(reply.headers == law.headers.map(\.name))
            #expect(reply.pointers.contains("/c"), "\(law.testDescription): \(reply.text)")
        }
    }
}
