import Foundation
import Harness
import Testing

struct `Answers and the document` {
    @Test func `each operation answers as its schema says`() async throws {
        let contract = try await Contract.served()
        let door = try await Door.shared()
        #expect(contract.document["openapi"]?.string == "3.1.0")
        let first = try await door.ask("/v1/salons/nearby?lat=55.68&lon=12.56&limit=100")
        #expect(first.ids.count == 100)
        #expect(contract.faults(first.json, contract.schema("/v1/salons/nearby")) == [])
        let salon = try await door.ask("/v1/salons/\(first.ids[0])")
        #expect(salon.status == 200)
        #expect(contract.faults(salon.json, contract.schema("/v1/salons/{id}")) == [])
        let empty = try await door.ask("/v1/salons/nearby?lat=0&lon=0&radius_m=5")
        #expect(empty.json["diagnosis"] != nil)
        #expect(contract.faults(empty.json, contract.schema("/v1/salons/nearby")) == [])
        for path in ["/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"] {
            #expect(try await door.ask(path).status == 200, "\(path)")
        }
    }

    @Test func `the validator finds what is wrong`() async throws {
        let contract = try await Contract.served()
        let schema = contract.schema("/v1/salons/nearby")
        for text in [
            "[]", "{}", #"{"salons":[]}"#, #"{"salons":[{"id":"x"}],"as_of":"2026-11-24T10:30:15Z"}"#,
            #"{"salons":[],"as_of":"yesterday"}"#, #"{"salons":[],"as_of":"2026-11-24T10:30:15Z","extra":1}"#,
            #"{"salons":[],"as_of":"2026-11-24T10:30:15Z","next_cursor":null}"#,
        ] {
            #expect(contract.faults(JSONTree(Array(text.utf8))!, schema) != [], "\(text)")
        }
    }

    @Test func `unknown values are left out, never null`() async throws {
        let reply = try await Door.shared().ask("/v1/salons/nearby?lat=55.68&lon=12.56&limit=100")
        let salons = try #require(reply.json["salons"]?.array)
        #expect(!reply.text.contains("null"))
        for member in ["rating", "rating_count", "price_level", "opening_hours", "open_now"] {
            #expect(salons.contains { $0[member] == nil }, "all have \(member)")
            #expect(salons.contains { $0[member] != nil }, "none has \(member)")
        }
        // Whose hours are unknown is neither open nor closed.
        for salon in salons where salon["opening_hours"] == nil {
            #expect(salon["open_now"] == nil && salon["hours_unknown"] == nil)
        }
        for salon in salons where salon["opening_hours"] != nil {
            #expect((salon["open_now"] == nil) != (salon["hours_unknown"] == nil))
        }
    }

    @Test func `fields chooses members, and the identifier is always there`() async throws {
        let contract = try await Contract.served()
        let door = try await Door.shared()
        let base = "/v1/salons/nearby?lat=55.68&lon=12.56&limit=100"
        let whole = try #require(try await door.ask(base).json["salons"]?.array)
        // Members that are written together.
        let state = ["open_now", "opens_at", "closes_at", "hours_unknown"]
        let together = [
            "rating": ["rating", "rating_count"], "rating_count": ["rating", "rating_count"],
            "open_now": state, "opens_at": state, "closes_at": state, "hours_unknown": state,
        ]
        let words = contract.parameters("/v1/salons/nearby").first { $0["name"]?.string == "fields" }?["schema"]?[
            "items"]?["enum"]?.array?.compactMap(\.string)
        for name in try #require(words) {
            let chosen = Set(["id"] + (together[name] ?? [name]))
            let reply = try await door.ask("\(base)&fields=\(name)")
            let expected = whole.map { JSONTree.object($0.object!.filter { chosen.contains($0.key) }) }
            #expect(reply.json["salons"]?.array == expected, "\(name)")
            let id = try #require(reply.ids.first)
            let one = try await door.ask("/v1/salons/\(id)?fields=\(name)")
            let alone = expected[0].object!.filter { $0.key != "distance_m" }
            #expect(one.json == .object(alone), "\(name)")
        }
    }

    @Test(arguments: [
        ("/", 404, "not-found"), ("/v1", 404, "not-found"), ("/v1/salons", 404, "not-found"),
        ("/v1/salons/", 404, "not-found"), ("/v1/salons/x", 404, "unknown-salon"),
        ("/v1/salons/x/slots", 404, "unknown-salon"),
        ("/v1/salons/00000000-0000-0000-0000-000000000000", 404, "unknown-salon"),
        ("/v1/salons/00000000-0000-0000-0000-00000000000g", 404, "unknown-salon"),
        ("/v1/salons/00000000-0000-0000-0000-000000000000?lat=5", 400, "invalid-parameter"),
        ("/favicon.ico", 404, "not-found"), ("/v1/salons/nearby", 400, "invalid-parameter"),
    ])
    func `a problem has type, title, status and request_id`(target: String, status: Int, problem: String) async throws {
        let contract = try await Contract.served()
        let reply = try await Door.shared().ask(target)
        #expect(reply.status == status)
        #expect(reply.problem == problem)
        #expect(reply["content-type"] == "application/problem+json")
        #expect(reply.json["status"]?.number == Double(status))
        #expect(contract.faults(reply.json, ["$ref": "#/components/schemas/Problem"]) == [], "\(reply.text)")
        // A widget in a browser must be able to read why.
        #expect(reply["access-control-allow-origin"] == "*")
    }

    @Test(arguments: [
        ("DELETE", "/v1/salons/nearby", "GET, HEAD, POST, OPTIONS"),
        ("PUT", "/v1/salons/nearby", "GET, HEAD, POST, OPTIONS"),
        ("POST", "/v1/salons/00000000-0000-0000-0000-000000000000", "GET, HEAD, OPTIONS"),
        ("DELETE", "/v1/salons/00000000-0000-0000-0000-000000000000", "GET, HEAD, OPTIONS"),
        ("POST", "/v1/salons/00000000-0000-0000-0000-000000000000/slots", "GET, HEAD, OPTIONS"),
        ("GET", "/v1/bookings", "POST, OPTIONS"), ("PUT", "/v1/holds", "POST, OPTIONS"),
        ("POST", "/v1/bookings/x", "GET, HEAD, PATCH, DELETE, OPTIONS"), ("GET", "/v1/holds/x", "DELETE, OPTIONS"),
        ("GET", "/v1/availability:lookup", "POST, OPTIONS"), ("GET", "/v1/bookings/x/customer", "DELETE, OPTIONS"),
        ("POST", "/healthz", "GET, HEAD"), ("DELETE", "/metrics", "GET, HEAD"), ("PATCH", "/docs", "GET, HEAD"),
    ])
    func `a method that a path does not have is 405 with the methods that it has`(
        method: String, path: String, allow: String
    ) async throws {
        let reply = try await Door.shared().ask(path, method: method, body: [])
        #expect(reply.status == 405)
        #expect(reply.problem == "method-not-allowed")
        #expect(reply["allow"] == allow)
    }
}
