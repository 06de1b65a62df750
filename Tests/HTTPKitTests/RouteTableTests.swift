import HTTPTypes
import JSON
import Testing

@testable import HTTPKit

struct `The table of routes` {
    private static func operation(_ method: HTTPKit.Method, _ path: String, crossOrigin: CrossOrigin = .open)
        -> HTTPKit.Operation
    {
        HTTPKit.Operation(
            method: method, path: path, name: path, summary: "", description: nil, tag: .things, access: "anyone",
            limits: Limits(), effect: .none, crossOrigin: crossOrigin, parameters: [],
            body: method == .post ? .init(schema: Schema([:])) : nil, answers: [], kinds: [])
    }

    private static let table = RouteTable([
        operation(.get, "/v1/things/{id}"), operation(.get, "/v1/things/new"), operation(.post, "/v1/things/new"),
        operation(.get, "/v1/things/{id}/parts"), operation(.get, "/health", crossOrigin: .none),
        operation(.post, "/v1/things:find"),
    ])

    /// What a match comes to, in a word.
    private static func match(_ method: HTTPRequest.Method, _ path: String) -> String {
        switch table.match(method, path[...]) {
        case .operation(let index, let values): "\(index)\(values.map { " \($0.name)=\($0.value)" }.joined())"
        case .preflight(let preflight): "preflight \(preflight.methods); \(preflight.fields)"
        case .wrongMethod(let allowed): "405 \(allowed)"
        case .nothing: "404"
        }
    }

    @Test(arguments: [
        ("/v1/things/7", "0 id=7"), ("/v1/things/new", "1"), ("/v1/things/7/parts", "3 id=7"), ("/health", "4"),
        // Literal parts are what was sent, and places are what it means.
        ("/v1/things/%6Eew", "0 id=new"), ("/v1/things/a%2Fb", "0 id=a/b"), ("/v1/things/a+b", "0 id=a+b"),
        ("/v1/things/%FF", "0 id=\u{FFFD}"), ("/v1/things/%", "0 id=\u{FFFD}"),
    ])
    func `finds an operation`(path: String, found: String) {
        #expect(Self.match(.get, path) == found)
        #expect(Self.match(.head, path) == found)
    }

    @Test(arguments: [
        "", "/", "//health", "/health/", "/Health", "/v1/things", "/v1/things/", "/v1//things/new", "/v1/things/new/",
        "/v1/things//parts", "/v1/things/7/parts/", "/v1/things/7/parts/8", "health", "/%68ealth", "*",
        "/v1/things/7;x/parts/",
    ])
    func `takes no path for another`(path: String) {
        #expect(Self.match(.get, path) == "404")
        #expect(Self.match(.options, path) == "404")
    }

    @Test func `says which methods a path has`() {
        #expect(Self.match(.delete, "/v1/things/new") == "405 GET, HEAD, POST, OPTIONS")
        #expect(Self.match(.post, "/v1/things/7") == "405 GET, HEAD, OPTIONS")
        #expect(Self.match(.get, "/v1/things:find") == "405 POST, OPTIONS")
        #expect(Self.match(.options, "/health") == "405 GET, HEAD")
    }

    @Test func `answers a browser that asks before it sends`() {
        #expect(Self.match(.options, "/v1/things/new") == "preflight GET, HEAD, POST; Authorization, Content-Type")
        #expect(Self.match(.options, "/v1/things/7") == "preflight GET, HEAD; Authorization")
    }
}
