import Discovery
import Foundation
import Harness
import LocalServices
import Redis
import Synchronization
import Testing

@Suite(.serialized)
struct Faults {
    @Test func `Redis killed with requests under way fails none, and answers stay the same`() async throws {
        let home = try makeTemporaryDirectory("redis")
        var redis = try await LocalRedis.start(directory: home, options: .disposable, logger: .silent)
        let backend = try await Backend.own(redisURL: redis.url)
        let expected = try await Door.with(backend, discovery: backend.uncached) { door in
            var bodies: [[UInt8]] = []
            for number in 0..<20 { bodies.append(try await door.ask(Self.target(number)).body) }
            return bodies
        }
        try await Door.with(backend) { door in
            let answered = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<6 {
                    group.addTask {
                        for round in 0..<60 {
                            let number = (client * 7 + round) % 20
                            let reply = try await door.ask(Self.target(number))
                            #expect(reply.status == 200)
                            #expect(reply.body == expected[number], "client \(client), round \(round)")
                            answered.add(1)
                        }
                    }
                }
                try await eventually { answered.value > 60 }
                await redis.kill()
                #expect(answered.value < 360, "it was killed too late to matter")
                try await group.waitForAll()
            }
            #expect(backend.discovery.cacheCounts.hits > 0)
            #expect(backend.redis.statistics.failures > 0)
            try await eventually {
                _ = try await door.ask(Self.target(0))
                return try await door.ask("/metrics").text.contains("salons_redis_healthy 0.0\n")
            }
            let ready = try await door.ask("/readyz")
            #expect(ready.status == 200)
            #expect(ready.json["parts"]?["cache"]?["ok"]?.bool == false)

            redis = try await LocalRedis.start(directory: home, options: .disposable, logger: .silent)
            let hits = backend.discovery.cacheCounts.hits
            try await eventually {
                let reply = try await door.ask(Self.target(1))
                #expect(reply.body == expected[1])
                return backend.discovery.cacheCounts.hits > hits
            }
            #expect(try await door.ask("/readyz").json["parts"]?["cache"]?["ok"]?.bool == true)
        }
        try await backend.stop()
        await redis.stop()
    }

    private static func target(_ number: Int) -> String {
        "/v1/salons/nearby?lat=55.68&lon=12.56&radius_m=\(500 + number * 50)&sort=rating&limit=30"
    }

    @Test func `PostgreSQL killed leaves searches and readiness alone, and readyz says what is missing`() async throws {
        let home = try makeTemporaryDirectory("postgres")
        var options = LocalPostgres.Options.disposable
        options.isDisposable = false
        var postgres = try await LocalPostgres.start(directory: home, options: options, logger: .silent)
        let url = postgres.url(database: "postgres")
        try await Backend.fill(url)
        let backend = try await Backend.own(databaseURL: url)
        try await Door.with(backend) { door in
            let target = "/v1/salons/nearby?lat=55.68&lon=12.56"
            let before = try await door.ask(target)
            #expect(before.status == 200)
            #expect(try await door.ask("/readyz").status == 200)
            try await postgres.kill()
            try await eventually { try await !door.part("bookings", "ok") }
            try await eventually { try await !door.part("search", "up_to_date") }
            #expect(try await door.part("search", "ok"))
            #expect(try await door.ask("/readyz").status == 200)
            for suffix in ["", "&sort=rating"] {
                for fields in [[], ["Origin: https://x.example"]] {
                    let reply = try await door.ask(target + suffix, fields: fields)
                    #expect(reply.status == 200)
                    if suffix.isEmpty { #expect(reply.body == before.body) }
                }
            }
            #expect(try await door.ask("/v1/salons/\(before.ids[0])").status == 200)
            // A key that was never seen cannot be checked: come back later, not "wrong".
            let unknown = try await door.ask(target, fields: ["Authorization: Bearer pk_never_seen"])
            #expect(unknown.status == 503)
            #expect(unknown["retry-after"] == "1")

            postgres = try await LocalPostgres.start(directory: home, options: options, logger: .silent)
            try await eventually { try await door.part("bookings", "ok") }
            try await eventually { try await door.part("search", "up_to_date") }
            #expect(try await door.ask(target).body == before.body)
            let wrong = try await door.ask(target, fields: ["Authorization: Bearer pk_never_seen"])
            #expect(wrong.status == 401)
        }
        try await backend.stop()
        await postgres.stop()
        try? FileManager.default.removeItem(atPath: home)
    }
}

extension Door {
    /// What `/readyz` says of a part.
    fileprivate func part(_ name: String, _ member: String) async throws -> Bool {
        let answer = try await ask("/readyz").json
        guard let said = answer["parts"]?[name]?[member]?.bool else {
            throw WireError(description: "readyz says nothing of \(name).\(member)")
        }
        return said
    }
}
