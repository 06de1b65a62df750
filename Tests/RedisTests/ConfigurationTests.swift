import Redis
import Testing

struct ConfigurationTests {
    @Test(
        arguments: [
            ("redis://localhost", .init(endpoint: .tcp(host: "localhost", port: 6379))),
            ("redis://localhost/", .init(endpoint: .tcp(host: "localhost", port: 6379))),
            ("REDIS://10.0.0.1:7000/15", .init(endpoint: .tcp(host: "10.0.0.1", port: 7000), database: 15)),
            ("redis://[::1]:7000", .init(endpoint: .tcp(host: "::1", port: 7000))),
            ("redis://:p%40ss%2F%3A@h", .init(endpoint: .tcp(host: "h", port: 6379), password: "p@ss/:")),
            (
                "redis://ann:word@h/2",
                .init(endpoint: .tcp(host: "h", port: 6379), user: "ann", password: "word", database: 2)
            ),
            ("unix:///run/redis.sock", .init(endpoint: .unix(path: "/run/redis.sock"))),
            ("unix:///a%20b/r.sock?db=4", .init(endpoint: .unix(path: "/a b/r.sock"), database: 4)),
            (
                "unix:///r.sock?password=p%26q&db=1&user=ann",
                .init(endpoint: .unix(path: "/r.sock"), user: "ann", password: "p&q", database: 1)
            ),
        ] as [(String, Configuration)])
    func `reads a URL`(_ url: String, _ expected: Configuration) throws {
        #expect(try Configuration(url: url) == expected)
    }

    @Test(arguments: [
        ("", "not a URL"), ("localhost:6379", "scheme"), ("http://h", "scheme"), ("rediss://h", "TLS"),
        ("redis://", "host"), ("redis:///3", "host"), ("redis://:s3cret@", "host"), ("redis://h:0", "port"),
        ("redis://h:65536", "port"), ("redis://h/x", "database"), ("redis://h/-1", "database"),
        ("redis://h/1/2", "database"), ("redis://h/99999999999999999999", "database"), ("redis://h?db=1", "query"),
        ("redis://h#s3cret", "fragment"), ("redis://ann@h", "password"), ("redis://:s3cret %@h", "not a URL"),
        ("redis://h%00x", "NUL"), ("unix://", "absolute"), ("unix:///", "absolute"),
        ("unix://run/redis.sock", "absolute"),
        ("unix:redis.sock", "absolute"), ("unix://:s3cret@/r.sock", "absolute"), ("unix:///r.sock?db=one", "database"),
        ("unix:///r.sock?db=", "database"), ("unix:///r.sock?db=1&db=2", "twice"),
        ("unix:///r.sock?pasword=s3cret", "query"), ("unix:///r.sock?user=ann", "password"),
        ("unix:///a%00b", "NUL"), ("unix:///" + String(repeating: "a", count: 107), "107"),
    ])
    func `says what is wrong with a URL`(_ url: String, _ problem: String) throws {
        let error = #expect(throws: RedisError.self) { try Configuration(url: url) }
        #expect(error?.kind == .usage)
        let text = "\(error as Any)"
        #expect(text.contains(problem))
        #expect(!text.contains("s3cret"))
    }

    @Test func `takes a socket path of exactly 107 bytes`() throws {
        _ = try Configuration(url: "unix:///" + String(repeating: "a", count: 106))
    }

    @Test(
        arguments: [
            { $0.connections = 0 }, { $0.commandTimeout = .zero }, { $0.connectTimeout = .seconds(-1) },
            { $0.queueLimit = 0 }, { $0.failureThreshold = 0 }, { $0.firstBackoff = .zero },
            { $0.longestBackoff = .milliseconds(1) }, { $0.database = -1 }, { $0.endpoint = .unix(path: "relative") },
            { $0.endpoint = .tcp(host: "", port: 1) }, { $0.user = "ann" },
        ] as [@Sendable (inout Configuration) -> Void])
    func `a client refuses settings that make no sense`(_ change: @Sendable (inout Configuration) -> Void) throws {
        var configuration = try Configuration(url: "redis://localhost")
        _ = try Client(configuration)
        change(&configuration)
        let error = #expect(throws: RedisError.self) { try Client(configuration) }
        #expect(error?.kind == .usage)
    }
}
