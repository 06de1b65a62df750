import Discovery
import Foundation
import Harness
import SeededRandom
import Testing

extension SplitMix64 {
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// A query that is right, and mostly finds something.
    mutating func query() -> String {
        var parts: [String] = []
        let latitude = Double.random(in: 55.66...55.70, using: &self)
        let longitude = Double.random(in: 12.54...12.60, using: &self)
        if chance(20) {
            let (west, south) = (longitude - 0.02, latitude - 0.02)
            parts.append("bbox=\(west),\(south),\(longitude + 0.01),\(latitude + 0.01)")
        } else {
            parts += ["lat=\(latitude)", "lon=\(longitude)"]
            if chance(60) { parts.append("radius_m=\(Int.random(in: 100...4_000, using: &self))") }
        }
        if chance(30) { parts.append("category=\(["hair", "nails,barber", "massage"].randomElement(using: &self)!)") }
        if chance(15) { parts.append("exclude=\(["tattoo", "beauty,spa"].randomElement(using: &self)!)") }
        if chance(15) { parts.append("attributes=\(["wifi", "cards", "men"].randomElement(using: &self)!)") }
        if chance(15) { parts.append("min_rating=\(["3.5", "4", "0"].randomElement(using: &self)!)") }
        if chance(15) { parts.append("price=\(["1,2", "3", "4,1"].randomElement(using: &self)!)") }
        if chance(25) {
            parts.append("open_now=true")
        } else if chance(20) {
            parts.append("open_at=2026-11-24T18:30:00Z")
        }
        if chance(30) { parts.append("limit=\(Int.random(in: 1...100, using: &self))") }
        if chance(20) {
            parts.append("fields=\(["name,distance_m", "open_now", "tenant,rating"].randomElement(using: &self)!)")
        }
        return parts.shuffled(using: &self).joined(separator: "&")
    }
}

struct `The two ways to an answer` {
    /// A field that is on no list sends a request to a task.
    private static let stranger = "X-Stranger: 1"

    /// How many requests were answered on the event loop.
    private static func inline(_ door: Door) async throws -> Int {
        let text = try await door.ask("/metrics").text
        let line = text.split(separator: "\n").first { $0.hasPrefix("salons_http_inline_total ") }
        return Int(line?.split(separator: " ").last ?? "") ?? -1
    }

    @Test func `the event loop and the router give the same bytes and the same fields`() async throws {
        try await Door.with(try await Backend.shared()) { door in
            // Until the hosts are known, nothing is answered on the event loop.
            _ = try await door.ask("/v1/salons/nearby?lat=55&lon=12")
            let before = try await Self.inline(door)
            var random = SplitMix64(seed: 11)
            var found = 0
            for number in 0..<200 {
                var target = "/v1/salons/nearby?\(random.query())"
                let plain = try await door.ask(target)
                let routed = try await door.ask(target, fields: [Self.stranger])
                #expect(plain.status == 200, "\(number): \(target)")
                #expect(plain.body == routed.body, "\(number): \(target)")
                #expect(
                    Set(plain.fields.map(\.name)).subtracting(["date"])
                        == Set(routed.fields.map(\.name)).subtracting(["date"]), "\(number): \(target)")
                for name in ["etag", "cache-control", "vary", "content-type", "content-length"] {
                    #expect(plain[name] == routed[name], "\(number): \(name)")
                }
                found += plain.ids.isEmpty ? 0 : 1
                guard let cursor = plain.json["next_cursor"]?.string else { continue }
                target += "&cursor=\(cursor)"
                let next = try await door.ask(target)
                #expect(next.status == 200)
                #expect(next.body == (try await door.ask(target, fields: [Self.stranger])).body)
            }
            // Else both would have come the same way.
            #expect(try await Self.inline(door) - before > found)
            #expect(found > 100)
        }
    }

    @Test func `a refused question is refused alike`() async throws {
        let door = try await Door.shared()
        for query in ["lat=91&lon=12", "lat=1", "lat=1&lon=1&x=1", "lat=1&lon=1&cursor=abc", "lat=%&lon=1"] {
            let plain = try await door.ask("/v1/salons/nearby?\(query)")
            let routed = try await door.ask("/v1/salons/nearby?\(query)", fields: [Self.stranger])
            #expect(plain.status == 400)
            #expect(plain.status == routed.status)
            #expect(plain.problem == routed.problem)
            #expect(plain.json["detail"] == routed.json["detail"])
        }
    }

    @Test func `an answer out of Redis is the one that would have been computed`() async throws {
        let backend = try await Backend.shared()
        let before = backend.discovery.cacheCounts
        try await Door.with(backend) { cached in
            try await Door.with(backend, discovery: backend.uncached) { uncached in
                var random = SplitMix64(seed: 12)
                for number in 0..<60 {
                    let sort = number % 2 == 0 ? "rating" : "distance,rating"
                    let target = "/v1/salons/nearby?\(random.query())&sort=\(sort)"
                    // Between two requests the feed may move the directory on, or the minute end: then both are asked
                    // anew.
                    var first = try await cached.ask(target)
                    var second = try await cached.ask(target)
                    for _ in 0..<20 where first["etag"] != second["etag"] {
                        first = second
                        second = try await cached.ask(target)
                    }
                    let computed = try await uncached.ask(target)
                    #expect(first.status == 200, "\(target)")
                    #expect(first.body == computed.body, "\(number): \(target)")
                    #expect(second.body == computed.body, "\(number): \(target)")
                    #expect(first["etag"] == second["etag"])
                }
            }
        }
        let after = backend.discovery.cacheCounts
        #expect(after.hits - before.hits >= 60)
        #expect(after.misses - before.misses >= 60)
    }
}
