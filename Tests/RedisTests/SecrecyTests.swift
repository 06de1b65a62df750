import Testing

@testable import Redis

struct SecrecyTests {
    private static func everyText(of value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value)" + String(reflecting: value) + dumped
    }

    @Test(arguments: ["redis://ann:s3cret@host:7000/2", "unix:///r.sock?user=ann&password=s3cret&db=2"])
    func `a configuration shows its address and no secret`(_ url: String) throws {
        let text = Self.everyText(of: try Configuration(url: url))
        #expect(!text.contains("s3cret"))
        #expect(text.contains("***"))
        #expect(text.contains("/2") || text.contains("db=2"))
    }

    @Test(
        arguments: [
            (["SET", "s3cret-key", "s3cret-value"], "SET with 2 arguments"), (["s3cret"], "command with 0 arguments"),
            ([], "command with 0 arguments"),
        ] as [(Command, String)])
    func `a command shows its name and nothing else`(_ command: Command, _ expected: String) {
        #expect("\(command)" == expected)
        #expect(!Self.everyText(of: command).contains("s3cret"))
        #expect(!Self.everyText(of: [command]).contains("s3cret"))
    }

    @Test func `an error shows the server's code and not its words`() {
        let error = RedisError(
            .server, operation: "GET", message: "ERR unknown command 'x', with args beginning with: 's3cret'")
        #expect(error.description == "redis GET: server ERR")
        #expect(error.debugDescription.contains("s3cret"))
        let odd = RedisError(.server, operation: "GET", message: "s3cret")
        #expect(odd.description == "redis GET: server")
    }

    @Test func `an operation is a word and never an argument`() {
        #expect(Command.operation(of: [["get", "s3cret"]]) == "GET")
        #expect(Command.operation(of: [["s3cret"]]) == "command")
        #expect(Command.operation(of: [.ping, .ping]) == "pipeline")
    }
}
