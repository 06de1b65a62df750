import Foundation
import Harness
import Redis
import Testing

struct `A customer's position` {
    /// Digits that occur nowhere else.
    private static let canaries = ["55.6784713", "12.5619377", "6784713", "5619377", "canary"]

    @Test func `is in no log line, at no level, and in no key of Redis`() async throws {
        let backend = try await Backend.own()
        let place = "lat=55.6784713&lon=12.5619377"
        try await Door.with(backend) { door in
            for suffix in [
                "", "&sort=rating", "&sort=distance,rating", "&radius_m=1", "&limit=0", "&canary=canary",
                "&cursor=canary",
            ] {
                _ = try await door.ask("/v1/salons/nearby?\(place)\(suffix)")
                _ = try await door.ask("/v1/salons/nearby?\(place)\(suffix)", fields: ["Origin: https://x.example"])
            }
            _ = try await door.ask("/v1/salons/nearby?bbox=12.5619377,55.6784713,12.6,55.7&sort=rating")
            let area =
                #"{"area":{"type":"Polygon","coordinates":[[[12.5619377,55.6784713],[13,55],[13,56],[12.5619377,55.6784713]]]}}"#
            for body in [area, area + "canary", String(area.dropLast(9))] {
                _ = try await door.ask("/v1/salons/nearby", method: "POST", body: Array(body.utf8))
            }
            _ = try await door.ask("/v1/canary?\(place)")
            let wire = try Wire(port: door.port)
            try await wire.send("GET /v1/salons/nearby?\(place) canary\r\n\r\n")
            _ = try await wire.rest()
            let metrics = try await door.ask("/metrics").text
            for canary in Self.canaries { #expect(!metrics.contains(canary)) }
        }
        #expect(backend.log.lines.contains { $0.contains("answered") })
        for line in backend.log.lines {
            for canary in Self.canaries { #expect(!line.contains(canary), "\(line)") }
        }
        let replies = try await backend.redis.send([["KEYS", "t:*"]])
        let keys = replies.flatMap { $0.elements ?? [] }.compactMap(\.text).joined(separator: "\n")
        #expect(keys.contains("t:{public}:nearby:"))
        for canary in Self.canaries { #expect(!keys.contains(canary)) }
        try await backend.stop()
    }
}
