import Foundation
import Harness
import Tenancy
import Testing

/// RFC 9112 and RFC 9110: whom a request is for, and what is said of one that is malformed.
struct `A request's head` {
    private static let target = "/v1/salons/nearby?lat=55.68&lon=12.56&limit=1"

    private static func send(_ text: String, to door: Door? = nil) async throws -> (Wire, Reply) {
        let shared = try await Door.shared()
        let wire = try Wire(port: (door ?? shared).port)
        try await wire.send(text)
        return (wire, try await wire.reply())
    }

    @Test(arguments: [
        "GET \(target) HTTP/1.1\r\n\r\n", "GET /healthz HTTP/1.1\r\n\r\n",
        "GET \(target) HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n\r\n",
        "GET \(target) HTTP/1.1\r\nHost: a.example\r\nhost: a.example\r\n\r\n",
        "GET \(target) HTTP/1.0\r\nHost: a.example\r\nHost: a.example\r\n\r\n",
        "GET \(target) HTTP/1.1\r\nHost: a.example, b.example\r\n\r\n",
        "GET \(target) HTTP/1.1\r\nHost: a b\r\n\r\n", "GET \(target) HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET \(target) HTTP/1.1\r\nHost: u@a.example\r\n\r\n", "GET \(target) HTTP/1.1\r\nHost: a:1:2\r\n\r\n",
        "GET ftp://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http://u@a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n", "nonsense\r\n\r\n",
        "GET \(target) HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        "GET \(target) HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET \(target) HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "x", count: 17_000))\r\n\r\n",
    ])
    func `that is malformed or for no host is refused with a problem, and the connection ends`(
        request: String
    ) async throws {
        let (wire, reply) = try await Self.send(request)
        #expect(reply.status == 400)
        #expect(reply["content-type"] == "application/problem+json")
        #expect(reply["x-content-type-options"] == "nosniff")
        #expect(reply["connection"] == "close")
        #expect(reply.problem == "invalid-request")
        #expect(reply.json["request_id"]?.string?.isEmpty == false)
        #expect(try await wire.rest().isEmpty)
    }

    @Test func `after others is refused in its turn`() async throws {
        let wire = try Wire(port: try await Door.shared().port)
        try await wire.send(
            Door.request(Self.target, fields: ["Origin: https://a.example"]) + Array("nonsense\r\n\r\n".utf8))
        #expect(try await wire.reply().status == 200)
        #expect(try await wire.reply().status == 400)
        #expect(try await wire.rest().isEmpty)
    }

    @Test func `with an absolute target is for the host of the target`() async throws {
        let backend = try await Backend.own()
        let tenant = try #require(try await backend.store.scope(Backend.slugs[1]).tenant)
        try await backend.tenants.map(host: "shop.example", to: tenant)
        try await Door.with(backend) { door in
            func slugs(_ target: String, host: String) async throws -> Set<String> {
                let (_, reply) = try await Self.send("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n", to: door)
                #expect(reply.status == 200, "\(reply.text)")
                return Set(reply.json["salons"]?.array?.compactMap { $0["tenant"]?.string } ?? [])
            }
            let path = "/v1/salons/nearby?lat=55.68&lon=12.56&limit=100"
            for _ in 0..<2 {
                for (target, host) in [
                    ("http://shop.example:80\(path)", "x"), ("HTTPS://Shop.Example\(path)", "x"),
                    (path, "shop.example"),
                ] {
                    let seen = try await slugs(target, host: host)
                    #expect(seen == [Backend.slugs[1]], "\(target)")
                }
                let all = try await slugs("http://x\(path)", host: "shop.example")
                #expect(all.count == 3)
            }
        }
        try await backend.stop()
    }

    @Test func `that expects to be told to go on is told so before its body`() async throws {
        let body =
            #"{"area":{"type":"Polygon","coordinates":[[[12.55,55.67],[12.57,55.67],[12.57,55.69],[12.55,55.67]]]}}"#
        let (wire, first) = try await Self.send(
            "POST /v1/salons/nearby HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n")
        #expect(first.status == 100)
        try await wire.send(body)
        #expect(try await wire.reply().status == 200)
        // The connection goes on.
        try await wire.send(Door.request("/healthz"))
        #expect(try await wire.reply().status == 200)
    }

    @Test func `that expects to go on with too large a body is refused at once`() async throws {
        let (_, reply) = try await Self.send(
            "POST /v1/salons/nearby HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9000000\r\n\r\n")
        #expect(reply.status == 413)
        #expect(reply.problem == "payload-too-large")
    }
}
