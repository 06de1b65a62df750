import JSON
import Testing

@testable import HTTPKit

struct `A body` {
    private struct Step: Sendable, Equatable {
        var name: String
        var count: Int
    }

    private static let name = Member("name", .text(1...5))
    private static let count = Member("count", .integer(1...8), default: 1)
    private static let step = Body.object(name, count) { (_, name, count) -> Step? in
        guard let name = name.value, let count = count.value else { return nil }
        return Step(name: name, count: count)
    }
    private static let body = Body.choice(
        otherwise: Body.object(
            name, count,
            make: { (_, name, count) -> [Step]? in
                guard let name = name.value, let count = count.value else { return nil }
                return [Step(name: name, count: count)]
            }),
        ("steps", Body.object(Member("steps", Body.list(of: step, count: 1...3))) { _, steps in steps.value }),
        ("at", Body.object(Member("at", .instant)) { (faults, at) -> [Step]? in at.value.map { _ in [] } })
    ).named("Steps")

    private static func read(_ text: String, query: String = "") -> (value: [Step]?, problem: Problem?) {
        var incoming = Incoming(query: query[...])
        incoming.body = Array(text.utf8)
        do throws(Problem) {
            return (try incoming.question(Parameters.none, names: [], body).1, nil)
        } catch {
            return (nil, error)
        }
    }

    @Test func `is read, one way or the other`() {
        #expect(Self.read(#"{"name":"a"}"#).value == [Step(name: "a", count: 1)])
        #expect(
            Self.read(#"{"steps":[{"count":2,"name":"a"},{"name":"b","count":1.0}]}"#).value
                == [Step(name: "a", count: 2), Step(name: "b", count: 1)])
    }

    @Test(arguments: [
        (#"{}"#, ["/name"]), (#"[]"#, [""]), (#"null"#, [""]), (#"{"#, [""]), (#""#, [""]),
        (#"{"name":1,"count":0}"#, ["/name", "/count"]), (#"{"name":null}"#, ["/name"]),
        (#"{"name":"a","count":true}"#, ["/count"]), (#"{"name":"a","count":"1"}"#, ["/count"]),
        (#"{"name":"a","count":1.5}"#, ["/count"]), (#"{"name":"abcdef"}"#, ["/name"]),
        (#"{"name":"a","a~/b":1}"#, ["/a~0~1b"]), (#"{"name":"a","name":"a"}"#, ["/name"]),
        (#"{"steps":[]}"#, ["/steps"]), (#"{"steps":[{"name":"a"},{"nam":"b"}]}"#, ["/steps/1/nam", "/steps/1/name"]),
        (#"{"steps":[{"name":"a","name":"b"}]}"#, ["/steps/0/name"]), (#"{"steps":{}}"#, ["/steps"]),
        (#"{"steps":[{"name":"a"}],"count":1}"#, ["/count"]), (#"{"at":"2026-01-01T00:00:60Z"}"#, ["/at"]),
    ])
    func `that is wrong is refused, all of it by its pointers`(text: String, pointers: [String]) {
        let problem = Self.read(text).problem
        #expect(problem?.kind == .invalidBody)
        #expect(problem?.faults.map(\.location.1) == pointers)
    }

    @Test func `and its query are refused together`() {
        let problem = Self.read(#"{"name":1}"#, query: "x=1").problem
        #expect(problem?.kind == .invalidParameter)
        #expect(problem?.faults.map(\.location.1) == ["x", "/name"])
    }

    @Test func `with thousands of faults has the first of them told, and how many there are`() throws {
        let members = (0..<3_000).map { "\"m\($0)\":\($0)" }.joined(separator: ",")
        let problem = try #require(Self.read("{\"name\":\"a\",\(members)}").problem)
        let json = try JSONReader.read(problem.json(requestID: "r", base: "/p/"))
        #expect(json["errors"]?.array?.count == 20)
        #expect(json["error_count"]?.number?.integer == 3_000)
        #expect(json.bytes.count < 8_000)
    }

    @Test func `repeats nothing of what it was given`() throws {
        let problem = try #require(Self.read(#"{"name":"secret","count":"secret"}"#).problem)
        #expect(!String(decoding: problem.json(requestID: "r", base: ""), as: UTF8.self).contains("secret"))
    }

    @Test func `is described by what reads it`() throws {
        let schema = Self.body.schema
        #expect(schema.document == ["$ref": "#/components/schemas/Steps"])
        let steps = try #require(schema.components["Steps"])
        let first = try #require(steps["oneOf"]?.array?.first)
        #expect(first["required"] == ["name"])
        #expect(first["additionalProperties"] == false)
        #expect(first["properties"]?["count"] == ["type": "integer", "minimum": 1, "maximum": 8, "default": 1])
        #expect(steps["oneOf"]?.array?.count == 3)
    }
}
