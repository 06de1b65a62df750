import Foundation
import HTTPKit
import Harness
import SeededRandom
import Synchronization
import Testing

struct Limits {
    private static let nearby = "/v1/salons/nearby?lat=55.68&lon=12.56"

    /// A request's beginning, what is repeated and how often, and its end.
    @Test(arguments: [
        ("GET \(nearby) HTTP/1.1\r\nHost: x\r\nX-Long: ", "x", 17_000, "\r\n\r\n"),
        ("GET \(nearby) HTTP/1.1\r\nHost: x\r\n", "X-Many: \(String(repeating: "x", count: 300))\r\n", 60, "\r\n"),
        ("GET \(nearby) HTTP/1.1\r\nHost: x\r\n", "X: y\r\n", 200, "\r\n"),
        ("GET /v1/salons/nearby?lat=", "5", 100_000, "&lon=1 HTTP/1.1\r\nHost: x\r\n\r\n"),
        ("GET \(nearby) HTTP/1.1\r\nHost: x\r\n", "X\u{0}Y: z\r\n", 1, "\r\n"),
        ("GET \(nearby) HTTP/1.1\r\nHost: x\r\n", "Content-Length: x\r\n", 1, "\r\n"),
        ("GET \(nearby) HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", 1, "\r\n"),
        ("GET \(nearby) HTTP/9.9\r\nHost: x\r\n\r\n", "", 0, ""), ("nonsense\r\n\r\n", "", 0, ""),
        ("GET\r\n\r\n", "", 0, ""),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{3}\u{3}", "", 0, ""),
    ])
    func `a head that is too large or malformed is refused, and the server lives on`(
        start: String, repeated: String, times: Int, end: String
    ) async throws {
        let door = try await Door.shared()
        let wire = try Wire(port: door.port)
        try? await wire.send(start + String(repeating: repeated, count: times) + end)
        let answer = String(decoding: try await wire.rest(), as: UTF8.self)
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.1 431"), "\(answer)")
        #expect(try await door.ask(Self.nearby).status == 200)
    }

    @Test func `a head just within the limit is answered`() async throws {
        let fields = ["X-Long: \(String(repeating: "x", count: 15_000))"]
        #expect(try await Door.shared().ask(Self.nearby, fields: fields).status == 200)
    }

    @Test func `requests sent at once are answered in order, whichever way each goes`() async throws {
        let door = try await Door.shared()
        let id = try #require(try await door.ask(Self.nearby).ids.first)
        let polygon =
            #"{"area":{"type":"Polygon","coordinates":[[[12.55,55.67],[12.57,55.67],[12.57,55.69],[12.55,55.67]]]}}"#
        var random = SplitMix64(seed: 13)
        for round in 0..<10 {
            var bytes: [UInt8] = []
            var checks: [@Sendable (Harness.Reply) -> Bool] = []
            for _ in 0..<40 {
                let limit = Int.random(in: 1...60, using: &random)
                switch Int.random(in: 0..<7, using: &random) {
                case 0, 1, 2:
                    bytes += Door.request("\(Self.nearby)&limit=\(limit)")
                    checks.append { $0.ids.count == limit }
                case 3:
                    bytes += Door.request("\(Self.nearby)&limit=\(limit)&sort=rating")
                    checks.append { $0.ids.count == limit }
                case 4:
                    bytes += Door.request("/v1/salons/\(id)")
                    checks.append { $0.json["id"]?.string == id }
                case 5:
                    bytes += Door.request("/v1/salons/nearby?limit=\(limit)", method: "POST", body: Array(polygon.utf8))
                    checks.append { $0.status == 200 && $0.ids.count <= limit }
                default:
                    bytes += Door.request("/v1/salons/nearby?lat=5&lon=5&radius_m=\(limit)&limit=1000")
                    checks.append { $0.status == 400 && $0.faults == ["limit"] }
                }
            }
            let wire = try Wire(port: door.port)
            // In pieces that end anywhere.
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = min(rest.count, Int.random(in: 1...3_000, using: &random))
                try await wire.send(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            for (number, check) in checks.enumerated() {
                let reply = try await wire.reply()
                #expect(check(reply), "round \(round), request \(number): \(reply.status)")
            }
        }
    }

    @Test func `a connection beyond the cap waits until another closes`() async throws {
        let configuration = HTTPConfiguration(maximumConnections: 2)
        try await Door.with(try await Backend.shared(), configuration: configuration) { door in
            var wires: [Wire] = []
            for _ in 0..<2 {
                let wire = try Wire(port: door.port)
                try await wire.send(Door.request("/healthz"))
                #expect(try await wire.reply().status == 200)
                wires.append(wire)
            }
            let third = try Wire(port: door.port)
            try await third.send(Door.request("/healthz"))
            let answers = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let reply = try await third.reply()
                    #expect(reply.status == 200)
                    answers.add(1)
                }
                // A server that had let the third in would have answered it before all of these.
                for _ in 0..<100 {
                    try await wires[1].send(Door.request("/healthz"))
                    #expect(try await wires[1].reply().status == 200)
                }
                #expect(answers.value == 0)
                wires.removeFirst()
                try await group.waitForAll()
            }
        }
    }

    @Test func `a request that takes too long is answered 504`() async throws {
        let resolver = HeldResolver()
        let configuration = HTTPConfiguration(requestDeadline: .milliseconds(200))
        try await Door.with(try await Backend.shared(), configuration: configuration, resolver: resolver) { door in
            let reply = try await door.ask(Self.nearby)
            #expect(reply.status == 504)
            #expect(reply.problem == "deadline-exceeded")
            #expect(resolver.count == 0)
            resolver.release()
            #expect(try await door.ask(Self.nearby).status == 200)
        }
    }

    @Test func `searches beyond those under way are refused, health is not`() async throws {
        let resolver = HeldResolver()
        let configuration = HTTPConfiguration(maximumRequestsInFlight: 2)
        try await Door.with(try await Backend.shared(), configuration: configuration, resolver: resolver) { door in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2 { group.addTask { try await door.ask(Self.nearby).status } }
                try await eventually { resolver.count == 2 }
                let refused = try await door.ask(Self.nearby)
                #expect(refused.status == 503)
                #expect(refused.problem == "overloaded")
                #expect(refused["retry-after"] == "1")
                #expect(try await door.ask("/healthz").status == 200)
                #expect(try await door.ask("/metrics").text.contains("salons_http_shed_total 1\n"))
                resolver.release()
                for try await status in group { #expect(status == 200) }
            }
            #expect(try await door.ask(Self.nearby).status == 200)
        }
    }

    @Test(arguments: [
        "GET \(nearby) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET \(nearby) HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n",
        "GET \(nearby) HTTP/1.1\r\nHost: x\r\nConnection: x-other, close\r\n\r\n",
        "GET \(nearby) HTTP/1.0\r\n\r\n", "GET \(nearby) HTTP/1.0\r\nHost: x\r\n\r\n",
        "GET /healthz HTTP/1.0\r\n\r\n",
    ])
    func `a connection is closed after the answer when the client says so`(request: String) async throws {
        let wire = try Wire(port: try await Door.shared().port)
        try await wire.send(request)
        let reply = try await wire.reply()
        #expect(reply.status == 200)
        #expect(!reply.body.isEmpty)
        #expect(try await wire.rest().isEmpty)
    }

    @Test func `a graceful stop answers what is under way, closes what is idle, and returns`() async throws {
        let resolver = HeldResolver()
        let door = try await Door.open(try await Backend.shared(), resolver: resolver)
        let idle = try Wire(port: door.port)
        try await idle.send(Door.request("/healthz"))
        #expect(try await idle.reply().status == 200)
        let busy = try Wire(port: door.port)
        try await busy.send(Door.request(Self.nearby))
        try await eventually { resolver.count == 1 }
        let closing = Task { try await door.close() }
        // The idle connection is closed because of the stop: nothing else would for a minute.
        #expect(try await idle.rest().isEmpty)
        resolver.release()
        #expect(try await busy.reply().status == 200)
        #expect(try await busy.rest().isEmpty)
        try await closing.value
        #expect(throws: WireError.self) { try Wire(port: door.port) }
    }
}
