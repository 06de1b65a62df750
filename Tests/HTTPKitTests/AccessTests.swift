import Harness
import Testing

@testable import HTTPKit

struct `Access to an operation` {
    private static func ask(_ least: Rank, key: String?, origin: String? = nil) async throws -> Harness.Reply {
        try await Door.with([Things.list(.least(least))]) { door in
            try await door.ask(
                "/v1/things?limit=5",
                fields: (key.map { ["Authorization: Bearer \($0)"] } ?? []) + (origin.map { ["Origin: \($0)"] } ?? []))
        }
    }

    @Test(arguments: [
        (Rank.nobody, String?.none, 200), (.nobody, "guest", 200), (.guest, nil, 401), (.guest, "guest", 200),
        (.guest, "keeper", 200), (.keeper, nil, 401), (.keeper, "guest", 403), (.keeper, "keeper", 200),
        (.nobody, "forged", 401), (.nobody, "away", 503),
    ])
    func `is for callers of its tier and above`(least: Rank, key: String?, status: Int) async throws {
        let reply = try await Self.ask(least, key: key)
        #expect(reply.status == status)
        if status == 401 { #expect(reply["www-authenticate"] == "Bearer") }
        if status >= 400 { #expect(reply["content-type"] == "application/problem+json") }
    }

    @Test func `is refused to a key on a page that it is not bound to`() async throws {
        let reply = try await Self.ask(.nobody, key: "keeper", origin: "https://bad.example")
        #expect(reply.status == 403)
        #expect(reply.problem == "origin-not-allowed")
    }

    @Test(arguments: ["Basic eDp5", "Bearer", "bearer"])
    func `is refused to what is no key`(authorization: String) async throws {
        try await Door.with([Things.list()]) { door in
            let reply = try await door.ask("/v1/things", fields: ["Authorization: \(authorization)"])
            #expect(reply.status == 401)
        }
    }

    @Test func `is told by the tier's name, and by its refusals in the document`() throws {
        let operation = Things.list(.least(.keeper)).operation
        #expect(operation.access == "keeper")
        #expect(operation.statuses.isSuperset(of: [200, 304, 400, 401, 403, 405, 503, 504]))
    }
}
