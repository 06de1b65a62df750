import Harness
import JSON
import Testing

@testable import HTTPKit

struct `The document` {
    private static func document(_ operations: [HTTPKit.Operation]) -> JSONValue {
        OpenAPIDocument(
            interface: InterfaceDescription(
                title: "Things", version: "1", description: "", tags: [.things], credential: "A key.",
                meanings: [404: "No such thing"]), operations: operations
        ).document
    }

    @Test func `tells of an operation what the operation does`() throws {
        let document = Self.document([Things.list().operation])
        let operation = try #require(document["paths"]?["/v1/things"]?["get"])
        #expect(operation["operationId"] == "listThings")
        let parameters = try #require(operation["parameters"]?.array)
        #expect(parameters.map { $0["name"] } == ["limit", "colour"])
        #expect(parameters[0]["schema"] == ["type": "integer", "minimum": 1, "maximum": 10, "default": 3])
        #expect(parameters[0]["example"] == 5)
        #expect(parameters[1]["schema"]?["examples"] == ["red"])
        let responses = try #require(operation["responses"]?.members?.map(\.name))
        #expect(responses == ["200", "304", "400", "401", "403", "405", "503", "504"])
        #expect(
            operation["responses"]?["200"]?["content"]?["application/json"]?["schema"]
                == ["$ref": "#/components/schemas/Said"])
        #expect(document["components"]?["schemas"]?["Said"]?["required"] == ["said"])
    }

    @Test func `has every kind of problem, and the members that belong to it`() throws {
        let member = Problem.MemberOfKind("left", Shape(Codec<Int>.integer), "How many are left.")
        let kind = Problem.Kind(
            "gone", 410, "Gone", meaning: "", advice: "", members: [member.declared], rules: ["too-late"])
        let done = Answer.empty(204, "Done.")
        let endpoint = Endpoint<Rank>(
            .delete, "/v1/things/{id}", name: "drop", "Drop", tag: .things, access: .anyone, limits: Limits(),
            effect: .write(.withoutKey),
            parameters: Parameter.path("id", .integer(1...9), "Which.", unknown: .unknown("thing")), answers: [done],
            problems: [kind]
        ) { _, _ in done() }
        let document = Self.document([endpoint.operation])
        let responses = document["paths"]?["/v1/things/{id}"]?["delete"]?["responses"]
        #expect(responses?.members?.map(\.name) == ["204", "400", "401", "403", "404", "405", "410", "503"])
        #expect(responses?["404"]?["description"] == "No such thing")
        let problem = try #require(document["components"]?["schemas"]?["Problem"]?["properties"])
        #expect(problem["left"]?["description"] == "How many are left.")
        #expect(problem["errors"]?["items"]?["properties"]?["rule"]?["enum"] == ["too-late"])
        // What is told is what is sent.
        let json = try JSONReader.read(Problem(kind).with(member, 3).json(requestID: "r", base: "/p/"))
        #expect(json["left"] == 3)
        #expect(json["type"] == "/p/gone")
    }

    @Test func `is served with its pages, and with values in its examples`() async throws {
        let thing = Parameter.query("thing", .text(1...3), "Which.", example: Examples.placeholder("thing"))
        let done = Answer.empty(204, "Done.")
        let endpoint = Endpoint<Rank>(
            .get, "/v1/thing", name: "getThing", "Thing", tag: .things, access: .anyone, limits: Limits(),
            parameters: thing, answers: [done]
        ) { _, _ in done() }
        try await Door.with([endpoint]) { door in
            let document = try await door.ask("/openapi.json")
            #expect(document["access-control-allow-origin"] == "*")
            let paths = try #require(document.json["paths"]?.object)
            #expect(Set(paths.keys) == ["/v1/thing", "/openapi.json", "/docs", "/problems", "/problems/{name}"])
            #expect(
                paths["/v1/thing"]?["get"]?["parameters"]?.array?.first?["schema"]?["examples"]?.array == ["1"])
            #expect(!document.text.contains("\\u0001"))
            let names = paths["/problems/{name}"]?["get"]?["parameters"]?.array?.first?["schema"]?["enum"]?.array
            let kinds = names?.compactMap(\.string) ?? []
            #expect(kinds.count > 15)
            for name in kinds {
                #expect(try await door.ask("/problems/\(name)").status == 200)
            }
            #expect(try await door.ask("/problems/nothing").status == 404)
            #expect(try await door.ask("/docs").text.contains("<title>Things"))
        }
    }
}
