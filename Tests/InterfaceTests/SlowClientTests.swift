import Foundation
import HTTPKit
import Harness
import Testing

/// Connections are closed by the server's own timers; a read that gives up after 30 s fails the test.
struct `A client that is slow or silent` {
    private static let limits = HTTPConfiguration(
        requestDeadline: .seconds(3), idleTimeout: .seconds(3), bodyTimeout: .seconds(3))
    private static let nearby = "/v1/salons/nearby?lat=55.68&lon=12.56"

    private static func open<R>(_ body: (Door) async throws -> R) async throws -> R {
        try await Door.with(try await Backend.shared(), configuration: limits, body)
    }

    /// Sends a byte at a time until the server has closed; false when it never does.
    private static func trickle(_ wire: Wire, _ text: String) async throws -> Bool {
        for byte in text.utf8 {
            do {
                try await wire.send([byte])
            } catch {
                return true
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    @Test func `that says nothing is closed`() async throws {
        try await Self.open { door in
            let wire = try Wire(port: door.port)
            #expect(try await wire.rest().isEmpty)
        }
    }

    @Test func `that says nothing more after an answer is closed, on either way`() async throws {
        try await Self.open { door in
            for fields in [[], ["Origin: https://x.example"]] {
                let wire = try Wire(port: door.port)
                try await wire.send(Door.request(Self.nearby, fields: fields))
                #expect(try await wire.reply().status == 200)
                #expect(try await wire.rest().isEmpty)
            }
            #expect(try await door.ask("/metrics").text.contains("salons_http_slow_clients_total 2\n"))
        }
    }

    @Test func `whose head trickles in is closed`() async throws {
        try await Self.open { door in
            let wire = try Wire(port: door.port)
            let padding = String(repeating: "x", count: 800)
            #expect(try await Self.trickle(wire, "GET \(Self.nearby) HTTP/1.1\r\nX-Slow: \(padding)\r\n\r\n"))
        }
    }

    @Test func `whose body trickles in or stops is closed`() async throws {
        try await Self.open { door in
            let head = "POST /v1/salons/nearby HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\n"
            let stopped = try Wire(port: door.port)
            try await stopped.send(head + "{")
            let trickling = try Wire(port: door.port)
            try await trickling.send(head)
            #expect(try await Self.trickle(trickling, String(repeating: " ", count: 399)))
            let rest = String(decoding: try await stopped.rest(), as: UTF8.self)
            #expect(!rest.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `whose body comes after the answer is closed when it then says nothing`() async throws {
        try await Self.open { door in
            let wire = try Wire(port: door.port)
            try await wire.send(
                "POST /v1/salons/nearby HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n")
            #expect(try await wire.reply().status >= 400)
            try await wire.send("{}")
            #expect(try await wire.rest().isEmpty)
        }
    }

    @Test func `that does not read is closed and holds up nobody`() async throws {
        try await Self.open { door in
            _ = try await door.ask(Self.nearby)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for fields in [[], ["Origin: https://x.example"]] {
                    group.addTask {
                        // Their answers together are hundreds of megabytes.
                        let wire = try Wire(port: door.port, receiveBuffer: 4_096)
                        let requests = Door.request("\(Self.nearby)&limit=100", fields: fields)
                        let many = Array(repeating: requests, count: 4_000).flatMap(\.self)
                        do {
                            try await wire.send(many)
                            _ = try await wire.rest()
                            return true
                        } catch let error as WireError {
                            return error.description.hasPrefix("send: \(EPIPE)")
                                || error.description.hasPrefix("send: \(ECONNRESET)")
                        }
                    }
                }
                for _ in 0..<100 { #expect(try await door.ask(Self.nearby).status == 200) }
                for try await wasClosed in group { #expect(wasClosed) }
            }
        }
    }
}
