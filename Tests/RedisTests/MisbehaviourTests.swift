import Harness
import Redis
import Testing

@Suite(.timeLimit(.minutes(2)))
struct MisbehaviourTests {
    @Test(
        arguments: [
            (.answer("?what\r\n"), .protocol), (.answer("+one\r\n+too many\r\n"), .protocol),
            (.answer("$-7\r\n"), .protocol), (.answerAndClose("$100\r\nshort"), .connectionLost),
            (.answerAndClose(""), .connectionLost),
        ] as [(ScriptedServer.Step, RedisError.Kind)])
    func `a broken answer closes the connection`(_ step: ScriptedServer.Step, _ kind: RedisError.Kind) async throws {
        let server = try ScriptedServer { connection, _ in connection == 1 ? step : .answer("+good\r\n") }
        let client = try Client(server.configuration)
        let error = await #expect(throws: RedisError.self) { try await client.get("key") }
        #expect(error?.kind == kind)
        #expect(error?.operation == "GET")
        #expect(try await client.send([["GET", "key"]]) == [.status("good")])
        #expect(server.connections == 2)
        #expect(client.statistics.reconnects == 1)
    }

    @Test func `the answer to a call that timed out is not given to the next`() async throws {
        // The first connection would answer the first call when the second comes.
        let server = try ScriptedServer { connection, input in
            if connection == 2 { return .answer("+second\r\n") }
            return input.contains("second") ? .answer("+first\r\n+second\r\n") : .silence
        }
        var configuration = server.configuration
        configuration.commandTimeout = .milliseconds(500)
        let client = try Client(configuration)
        let error = await #expect(throws: RedisError.self) { try await client.send([["ECHO", "first"]]) }
        #expect(error?.kind == .timeout)
        #expect(try await client.send([["ECHO", "second"]]) == [.status("second")])
    }

    @Test func `bytes that trickle in do not stretch the timeout`() async throws {
        // Each chunk is well within the timeout of a single read; the reply never ends.
        let server = try TricklingServer()
        var configuration = Configuration(endpoint: .unix(path: server.path))
        configuration.commandTimeout = .milliseconds(100)
        configuration.connectTimeout = .seconds(20)
        let client = try Client(configuration)
        let error = await #expect(throws: RedisError.self) { try await client.get("key") }
        #expect(error?.kind == .timeout)
    }

    @Test func `five timeouts in a row open the breaker`() async throws {
        let server = try ScriptedServer { _, _ in .silence }
        var configuration = server.configuration
        configuration.commandTimeout = .milliseconds(10)
        configuration.firstBackoff = .seconds(600)
        configuration.longestBackoff = .seconds(600)
        let client = try Client(configuration)
        var kind: RedisError.Kind? = .timeout
        while kind == .timeout {
            kind = await #expect(throws: RedisError.self) { try await client.send([.ping]) }?.kind
        }
        #expect(kind == .unavailable)
        // A call that found no thread in time was not sent, and does not count.
        #expect(client.statistics.timeouts == 5)
        try await eventually { server.received == 5 }
    }

    @Test func `a full queue refuses at once`() async throws {
        let server = try ScriptedServer { _, _ in .silence }
        var configuration = server.configuration
        configuration.queueLimit = 5
        let client = try Client(configuration)
        let stuck = Task { try await client.send([.ping]) }
        try await eventually { server.received == 1 }
        let waiting = (0..<5).map { _ in Task { try await client.send([.ping]) } }
        try await eventually { client.statistics.inFlight == 6 }

        let error = await #expect(throws: RedisError.self) { try await client.send([.ping]) }
        #expect(error?.kind == .overloaded)
        #expect(client.statistics.overloads == 1)
        #expect(client.statistics.inFlight == 6)

        // Shutdown ends those that wait; the one under way ends by itself, with the server.
        client.shutdown()
        for task in waiting {
            #expect(await task.failureKind == .unavailable)
        }
        let late = await #expect(throws: RedisError.self) { try await client.send([.ping]) }
        #expect(late?.kind == .unavailable)
        stuck.cancel()
    }

    @Test func `ending its service ends the client`() async throws {
        let server = try ScriptedServer { _, _ in .answer("+good\r\n") }
        let client = try Client(server.configuration)
        let service = Task { try await client.run() }
        // It connects without being asked for anything.
        try await eventually { client.statistics.commands == 1 }
        service.cancel()
        try await service.value
        let error = await #expect(throws: RedisError.self) { try await client.send([.ping]) }
        #expect(error?.kind == .unavailable)
    }
}

extension Task<[Redis.Reply], any Error> {
    fileprivate var failureKind: RedisError.Kind? {
        get async {
            if case .failure(let error) = await result { (error as? RedisError)?.kind } else { nil }
        }
    }
}
