import Harness
import Redis
import Testing

@Suite(.timeLimit(.minutes(2)))
struct OutageTests {
    @Test func `after kill and restart it heals by itself`() async throws {
        let server = try await PrivateServer()
        let client = try Client(server.configuration)
        try await client.set("key", "value")

        server.kill()
        let error = await #expect(throws: RedisError.self) { try await client.get("key") }
        #expect(error?.kind == .unavailable)
        #expect(client.statistics.circuit != .closed)
        // Some probes in vain, none of which may count as another opening.
        try await eventually { client.statistics.failures >= 4 }

        try await server.start()
        // No call helps it.
        try await eventually { client.statistics.circuit == .closed }
        #expect(try await client.get("key") == nil)
        try await client.set("key", "new")
        #expect(try await client.get("key") == Array("new".utf8))
        #expect(client.statistics.openings == 1)
        #expect(client.statistics.reconnects >= 1)
    }

    @Test func `a restart between two calls goes unnoticed`() async throws {
        let server = try await PrivateServer()
        let client = try Client(server.configuration)
        try await client.set("key", "value")
        server.kill()
        try await server.start()
        #expect(try await client.get("key") == nil)
        #expect(client.statistics.failures == 0)
        #expect(client.statistics.reconnects == 1)
    }

    @Test func `while it is open a call tries nothing`() async throws {
        let server = try await PrivateServer()
        var configuration = server.configuration
        configuration.firstBackoff = .seconds(600)
        configuration.longestBackoff = .seconds(600)
        let client = try Client(configuration)
        _ = try await client.send([.ping])
        server.kill()
        _ = try? await client.send([.ping])
        let before = client.statistics
        #expect(before.circuit == .open)
        for _ in 0..<1000 {
            let error = await #expect(throws: RedisError.self) { try await client.send([.ping]) }
            #expect(error?.kind == .unavailable)
        }
        // Neither a failure more nor a call in flight: nothing was sent anywhere.
        #expect(client.statistics == before)
    }

    @Test func `a server killed under load loses calls but mixes none`() async throws {
        let server = try await PrivateServer()
        let client = try Client(server.configuration)
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<50 {
                group.addTask {
                    var wrong = 0
                    for round in 0..<200 {
                        let token = "\(caller)/\(round)"
                        do {
                            let replies = try await client.send([["ECHO", token], .ping])
                            if replies != [.bulk(Array(token.utf8)), .status("PONG")] { wrong += 1 }
                        } catch {
                            try await Task.sleep(for: .milliseconds(1))
                        }
                    }
                    return wrong
                }
            }
            try await eventually { client.statistics.commands > 500 }
            server.kill()
            try await server.start()
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
        #expect(client.statistics.inFlight == 0)
        try await eventually { client.statistics.circuit == .closed }
        #expect(try await client.send([.ping]) == [.status("PONG")])
    }

    @Test func `after a timeout later replies are right`() async throws {
        let server = try await PrivateServer()
        var configuration = server.configuration
        configuration.connections = 1
        configuration.commandTimeout = .milliseconds(300)
        let client = try Client(configuration)
        let error = await #expect(throws: RedisError.self) { try await client.send([["DEBUG", "SLEEP", "1"]]) }
        #expect(error?.kind == .timeout)
        #expect(error?.operation == "DEBUG")
        #expect(client.statistics.timeouts >= 1)
        for round in 0..<500 {
            let token = "round \(round)"
            do {
                #expect(try await client.send([["ECHO", token]]) == [.bulk(Array(token.utf8))])
            } catch {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        #expect(client.statistics.reconnects >= 1)
        #expect(client.statistics.commands > 0)
    }

    @Test func `nobody there is unavailable`() async throws {
        let client = try Client(Configuration(url: "unix:///nonexistent/redis.sock"))
        for _ in 0..<3 {
            let error = await #expect(throws: RedisError.self) { try await client.get("key") }
            #expect(error?.kind == .unavailable)
        }
        #expect(client.statistics.openings == 1)
    }
}
