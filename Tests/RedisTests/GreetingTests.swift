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
            (nil, "right\r\ns3cret", nil), (nil, "wrong s3cret", "WRONGPASS"), (nil, nil, "NOAUTH"),
            ("reader", "his s3cret", nil), ("reader", "right\r\ns3cret", "WRONGPASS"),
        ] as [(String?, String?, String?)])
    func `authenticates or says why not`(_ user: String?, _ password: String?, _ refusal: String?) async throws {
        let server = try await PrivateServer(["--requirepass", "right\r\ns3cret"])
        var configuration = server.configuration
        configuration.password = "right\r\ns3cret"
        _ = try await Client(configuration).send([["ACL", "SETUSER", "reader", "on", ">his s3cret", "+@all", "~*"]])
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
            #expect(!"\(error as Any)".contains("s3cret"))
        }
        #expect(client.statistics.connects == 0)
    }
}
