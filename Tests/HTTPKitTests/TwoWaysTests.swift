import Harness
import Testing

@testable import HTTPKit

struct `The two ways to an answer` {
    /// How many requests were answered on the event loop.
    private static func inline(_ door: Door) async throws -> Int {
        let text = try await door.ask("/metrics").text
        let line = text.split(separator: "\n").first { $0.hasPrefix("salons_http_inline_total ") }
        return Int(line?.split(separator: " ").last ?? "") ?? -1
    }

    private static let figures = Endpoint<Rank>.open(
        .get, "/metrics", name: "figures", "Figures", tag: .service, parameters: .none, answers: [bytes]
    ) { _, call in bytes(Array(call.service.exposition.utf8)) }
    private static let bytes = Answer.bytes(200, "Figures.", type: "text/plain")

    /// Fields that are on no list send a request to a task.
    private static let stranger = "X-Stranger: 1"

    @Test(arguments: [
        "/v1/things", "/v1/things?limit=4&colour=red", "/v1/things?limit=0", "/v1/things?limit=7&colour=red&x=1",
        "/v1/things?%FF",
    ])
    func `give the same bytes and the same fields`(target: String) async throws {
        try await Door.with([Things.list(), Self.figures]) { door in
            for fields in [
                [], ["Origin: https://a.example"], ["Authorization: Bearer guest"],
                ["Authorization: Bearer guest", "Origin: https://a.example"], ["If-None-Match: *"],
                ["Accept: */*", "User-Agent: x", "Sec-Fetch-Mode: cors", "Referer: https://a.example/"],
            ] {
                let before = try await Self.inline(door)
                let quick = try await door.ask(target, fields: fields)
                #expect(try await Self.inline(door) == before + 1, "\(fields)")
                let routed = try await door.ask(target, fields: fields + [Self.stranger])
                #expect(try await Self.inline(door) == before + 1)
                #expect(quick.status == routed.status)
                #expect(Self.withoutName(quick) == Self.withoutName(routed))
                func comparable(_ reply: Harness.Reply) -> [String] {
                    reply.fields.filter { $0.name != "date" && $0.name != "content-length" }
                        .map { "\($0.name): \($0.value)" }.sorted()
                }
                #expect(comparable(quick) == comparable(routed))
            }
        }
    }

    /// A problem has the name of its request in it.
    private static func withoutName(_ reply: Harness.Reply) -> JSONTree {
        guard var members = reply.json.object else { return reply.json }
        members["request_id"] = nil
        return .object(members)
    }

    @Test(arguments: [
        "Cookie: session=1", "X-Anything: 1", "Content-Length: 0", "Connection: close", "Upgrade: h2c",
        "Authorization: Bearer slow", "Authorization: Bearer forged",
    ])
    func `part where a field is not known to make no difference`(field: String) async throws {
        try await Door.with([Things.list(), Self.figures]) { door in
            _ = try await door.ask("/v1/things", fields: [field])
            #expect(try await Self.inline(door) == 0)
        }
    }

    @Test func `part where a tier is not reached, and where the operation leaves the question alone`() async throws {
        try await Door.with([Things.list(.least(.guest)), Self.figures]) { (door: Door) async throws -> Void in
            #expect(try await door.ask("/v1/things").status == 401)
            #expect(try await door.ask("/v1/things?limit=5", fields: ["Authorization: Bearer guest"]).status == 200)
            #expect(try await Self.inline(door) == 0)
            #expect(try await door.ask("/v1/things", fields: ["Authorization: Bearer guest"]).status == 200)
            #expect(try await Self.inline(door) == 1)
        }
    }
}
