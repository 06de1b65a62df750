import Redis
import Testing

@Suite(.timeLimit(.minutes(2)))
struct RoundTripTests {
    let server: PrivateServer
    let client: Client

    init() async throws {
        server = try await PrivateServer()
        client = try Client(server.configuration)
    }

    static let values: [[UInt8]] = [
        Array(0...255), [], [0], Array("\r\n$5\r\n".utf8), Array("blåbærgrød".utf8),
        (0..<1_048_576).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) },
    ]

    @Test(arguments: values)
    func `stores any bytes as key and value`(_ value: [UInt8]) async throws {
        let key = Array(value.prefix(4096))
        try await client.set(key, value)
        #expect(try await client.get(key) == value)
        #expect(
            try await client.send([.get(key), .mget([key, key])]) == [
                .bulk(value), .array([.bulk(value), .bulk(value)]),
            ])
    }

    @Test func `a missing key is nil and not empty`() async throws {
        try await client.set("empty", "")
        #expect(try await client.get("none") == nil)
        #expect(try await client.mget(["none", "empty"]) == [nil, []])
        #expect(try await client.mget([String]()) == [])
    }

    @Test func `an expiry is sent in milliseconds`() async throws {
        try await client.set("key", "value", expiry: .seconds(100))
        let left = try #require(try await client.send([["PTTL", "key"]]).first?.number)
        #expect((1...100_000).contains(left) && left > 50_000)
        try await client.set("key", "value")
        #expect(try await client.send([["PTTL", "key"]]) == [.integer(-1)])
    }

    @Test(arguments: [
        (Duration.microseconds(1), "1"), (.zero, "1"), (.seconds(-3), "1"), (.microseconds(1500), "2"),
        (.milliseconds(1500), "1500"),
    ])
    func `an expiry is rounded up to a whole millisecond`(_ expiry: Duration, _ expected: String) {
        #expect(Command.set("k", "v", expiry: expiry) == ["SET", "k", "v", "PX", expected])
    }

    @Test func `replies come in the order of ten thousand commands`() async throws {
        let commands = (0..<10_000).map { Command(["ECHO", "\($0)"].map { Array($0.utf8) }) }
        let replies = try await client.send(commands)
        #expect(replies.map(\.text) == (0..<10_000).map { "\($0)" })
    }

    @Test func `a hundred callers never see each other's replies`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<100 {
                group.addTask {
                    for round in 1...20 {
                        let token = "\(caller)/\(round)/" + String(repeating: "x", count: caller * round)
                        let replies = try await client.send([
                            ["ECHO", token], ["INCR", "count:\(caller)"], ["LPUSH", "count:\(caller)", "x"],
                            ["ECHO", token],
                        ])
                        try #require(replies.count == 4)
                        #expect(replies[0].text == token && replies[3].text == token)
                        #expect(replies[1] == .integer(Int64(round)))
                        #expect(replies[2].failure?.hasPrefix("WRONGTYPE") == true)
                    }
                }
            }
            try await group.waitForAll()
        }
        let statistics = client.statistics
        #expect(statistics.commands == 8000)
        #expect(statistics.inFlight == 0)
        #expect(statistics.failures == 0)
        #expect((1...4).contains(statistics.connects))
    }

    @Test func `a refused command is an error reply among the others`() async throws {
        let replies = try await client.send([["SET", "a", "1"], ["NOSUCH"], ["LPUSH", "a", "x"], ["GET", "a"]])
        #expect(replies[0] == .status("OK"))
        #expect(replies[1].failure?.hasPrefix("ERR unknown command") == true)
        #expect(replies[2].failure?.hasPrefix("WRONGTYPE") == true)
        #expect(replies[3] == .bulk([0x31]))
        #expect(client.statistics.failures == 0)
        #expect(client.statistics.connects == 1)
    }

    @Test func `reading a list as a value throws the server's code`() async throws {
        _ = try await client.send([["LPUSH", "list", "x"]])
        let error = await #expect(throws: RedisError.self) { try await client.get("list") }
        #expect(error?.kind == .server)
        #expect(error?.code == "WRONGTYPE")
        #expect(error?.operation == "GET")
    }

    @Test func `a transaction runs as one`() async throws {
        let replies = try await client.send([["MULTI"], ["SET", "a", "5"], ["INCR", "a"], ["EXEC"], .del("a")])
        #expect(replies.last == .integer(1))
        #expect(replies[3] == .array([.status("OK"), .integer(6)]))
    }

    @Test(
        arguments: [
            [["SUBSCRIBE", "c"]], [["select", "2"]], [["MONITOR"]], [["CLIENT", "reply", "OFF"]],
            [["MULTI"], ["GET", "a"]],
            [["WATCH", "a"]], [["QUIT"]], [["HELLO", "3"]], [.ping, []], [["AUTH", "x"]],
        ] as [[Command]])
    func `refuses what a shared connection cannot carry`(_ commands: [Command]) async throws {
        let error = await #expect(throws: RedisError.self) { try await client.send(commands) }
        #expect(error?.kind == .usage)
        #expect(client.statistics.connects == 0)
    }
}
