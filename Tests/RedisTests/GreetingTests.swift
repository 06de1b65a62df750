import Redis
import Testing

@Suite(.timeLimit(.minutes(2)))
struct GreetingTests {
    @Test func `keeps databases apart`() async throws {
        let server = try await PrivateServer()
        var third = server.configuration
        third.database = 3
        try await Client(third).set("key", "value")
        #expect(try await Client(server.configuration).get("key") == nil)
        #expect(try await Client(third).get("key") == Array("value".utf8))
    }

    @Test func `a database that is not there fails the connection`() async throws {
        let server = try await PrivateServer()
        var configuration = server.configuration
        configuration.database = 99
        let client = try Client(configuration)
        let error = await #expect(throws: RedisError.self) { try await client.send([.ping]) }
        #expect(error?.kind == .server)
        #expect(error?.operation == "connect")
    }

    @Test(
        arguments: [
            (nil, "right\r\npassword", nil), (nil, "wrong", "WRONGPASS"), (nil, nil, "NOAUTH"),
            ("reader", "his own", nil), ("reader", "right\r\npassword", "WRONGPASS"),
        ] as [(String?, String?, String?)])
    func `authenticates or says why not`(_ user: String?, _ password: String?, _ refusal: String?) async throws {
        let server = try await PrivateServer(["--requirepass", "right\r\npassword"])
        var configuration = server.configuration
        configuration.password = "right\r\npassword"
        _ = try await Client(configuration).send([["ACL", "SETUSER", "reader", "on", ">his own", "+@all", "~*"]])
        configuration.user = user
        configuration.password = password
        configuration.firstBackoff = .seconds(600)
        configuration.longestBackoff = .seconds(600)
        let client = try Client(configuration)
        guard let refusal else {
            #expect(try await client.send([.ping]) == [.status("PONG")])
            return
        }
        let first = await #expect(throws: RedisError.self) { try await client.send([.ping]) }
        #expect(first?.kind == .server)
        #expect(first?.code == refusal)
        let second = await #expect(throws: RedisError.self) { try await client.send([.ping]) }
        #expect(second?.kind == .unavailable)
        #expect(second?.message.contains(refusal) == true)
        for error in [first, second] {
            #expect(!"\(error as Any)".contains("password"))
        }
        #expect(client.statistics.connects == 0)
    }
}
