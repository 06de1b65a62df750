import Harness
import Testing

struct `Conditional requests, HEAD and CORS` {
    private static let nearby = "/v1/salons/nearby?lat=55.68&lon=12.56&limit=3"

    /// The targets of both ways, with the fields that lead there.
    private static let ways: [(String, [String])] = [
        (nearby, []), (nearby, ["Origin: https://elsewhere.example"]), (nearby + "&sort=rating", []),
    ]

    @Test func `nearby has a weak tag that spares the body`() async throws {
        let door = try await Door.shared()
        for (target, fields) in Self.ways {
            let reply = try await door.ask(target, fields: fields)
            let tag = try #require(reply["etag"])
            #expect(tag.hasPrefix("W/\""))
            #expect(reply["cache-control"] == "private, no-cache")
            for match in [tag, String(tag.dropFirst(2)), "\"other\", \(tag)", "\"other\",\(tag)", "*"] {
                let again = try await door.ask(target, fields: fields + ["If-None-Match: \(match)"])
                #expect(again.status == 304, "\(match)")
                #expect(again["etag"] == tag)
                #expect(again.body.isEmpty)
            }
            for match in ["\"other\"", "W/\"\"", tag.dropLast() + "x\"", "\"*\""] {
                #expect(try await door.ask(target, fields: fields + ["If-None-Match: \(match)"]).status == 200)
            }
        }
    }

    @Test func `a salon has a strong tag and may be kept until the minute ends`() async throws {
        let door = try await Door.shared()
        let id = try #require(try await door.ask(Self.nearby).ids.first)
        let reply = try await door.ask("/v1/salons/\(id)")
        let tag = try #require(reply["etag"])
        #expect(tag.hasPrefix("\""))
        let age = try #require(
            reply["cache-control"]?.wholeMatch(of: #/public, max-age=(\d+)/#).flatMap { Int($0.output.1) })
        #expect((0..<60).contains(age))
        #expect(try await door.ask("/v1/salons/\(id)", fields: ["If-None-Match: \(tag)"]).status == 304)
        // Other bytes, another tag.
        #expect(try await door.ask("/v1/salons/\(id)?fields=name")["etag"] != tag)
        #expect(try await door.ask("/v1/salons/\(id.uppercased())").body == reply.body)
    }

    @Test func `a connection goes on after 304 and HEAD`() async throws {
        let door = try await Door.shared()
        for (target, fields) in Self.ways {
            let full = try await door.ask(target, fields: fields)
            let wire = try Wire(port: door.port)
            try await wire.send(Door.request(target, method: "HEAD", fields: fields))
            let head = try await wire.reply(head: true)
            #expect(head.status == 200)
            #expect(head["content-length"] == "\(full.body.count)")
            #expect(head["etag"] == full["etag"])
            try await wire.send(Door.request(target, fields: fields + ["If-None-Match: \(full["etag"]!)"]))
            #expect(try await wire.reply().status == 304)
            try await wire.send(Door.request(target, fields: fields))
            #expect(try await wire.reply().body == full.body)
        }
    }

    @Test func `a browser's preflight is answered`() async throws {
        let door = try await Door.shared()
        for path in ["/v1/salons/nearby", "/v1/salons/00000000-0000-0000-0000-000000000000"] {
            let reply = try await door.ask(
                path, method: "OPTIONS",
                fields: ["Origin: https://elsewhere.example", "Access-Control-Request-Headers: authorization"])
            #expect(reply.status == 204)
            #expect(reply["access-control-allow-origin"] == "*")
            #expect(reply["access-control-allow-methods"]?.contains("GET") == true)
            #expect(reply["access-control-allow-headers"]?.contains("Authorization") == true)
        }
        for (target, fields) in Self.ways {
            #expect(try await door.ask(target, fields: fields)["access-control-allow-origin"] == "*")
        }
    }
}
