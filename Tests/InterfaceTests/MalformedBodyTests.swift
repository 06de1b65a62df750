import Foundation
import HTTPKit
import Harness
import Testing

/// What goes wrong with a body is its sender's doing: never a 5xx, never an error in the log.
struct `A body that is malformed or does not come` {
    private static let head = "POST /v1/salons/nearby HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    private static let chunked = head + "Transfer-Encoding: chunked\r\n\r\n"

    /// Every status of the exposition, for all routes.
    private static func statuses(_ door: Door) async throws -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for match in try await door.ask("/metrics").text.matches(
            of: #/salons_http_requests_total\{method="[^"]*",route="[^"]*",status="(\d+)"\} (\d+)/#)
        {
            counts[Int(match.1)!, default: 0] += Int(match.2)!
        }
        return counts
    }

    private static func expectNoFault(_ door: Door, _ backend: Backend, _ comment: String) async throws {
        let statuses = try await statuses(door)
        #expect(statuses.keys.allSatisfy { $0 < 500 }, "\(comment): \(statuses)")
        let errors = backend.log.lines.filter { $0.hasPrefix("error") || $0.hasPrefix("critical") }
        #expect(errors.isEmpty, "\(comment): \(errors)")
    }

    @Test func `is refused or dropped, whatever is wrong with it`() async throws {
        let trailers = String(repeating: "X-Trailer: \(String(repeating: "x", count: 1_000))\r\n", count: 30)
        let requests = [
            Self.head + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            Self.chunked + "0x2\r\n{}\r\n0\r\n\r\n",
            Self.chunked + "-1\r\n{}\r\n0\r\n\r\n", Self.chunked + "10000000000000002\r\n{}\r\n0\r\n\r\n",
            Self.chunked + "2\n{}\n0\n\n", Self.chunked + "2\r\n{}0\r\n\r\n",
            Self.chunked + "2\r\n{}\r\n0\r\n\(trailers)\r\n",
            Self.chunked + "\r\n{}\r\n0\r\n\r\n", Self.chunked + "zz\r\n",
            Self.head.replacing("POST", with: "GET").replacing("nearby", with: "nearby?lat=55.68&lon=12.56")
                + "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
            Self.head.replacing("POST", with: "GET").replacing("nearby", with: "nearby?lat=55.68&lon=12.56&sort=rating")
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        ]
        let backend = try await Backend.own()
        try await Door.with(backend) { door in
            for request in requests {
                let wire = try Wire(port: door.port)
                try? await wire.send(request)
                let answer = String(decoding: try await wire.rest(), as: UTF8.self)
                let comment = "\(request.suffix(40)): \(answer)"
                #expect(answer.isEmpty || answer.contains("HTTP/1.1 400"), "\(comment)")
                #expect(!answer.contains("HTTP/1.1 5"), "\(comment)")
                if answer.contains("HTTP/1.1 400") {
                    #expect(answer.contains("application/problem+json") && answer.contains("nosniff"), "\(comment)")
                }
                try await Self.expectNoFault(door, backend, comment)
            }
        }
        try await backend.stop()
    }

    @Test func `that is cut off changes nothing and is no fault of ours`() async throws {
        let backend = try await Backend.own()
        try await Door.with(backend) { door in
            for start in [Self.head + "Content-Length: 400\r\n\r\n{\"area\":", Self.chunked + "5\r\n{\"are"] {
                do {
                    let wire = try Wire(port: door.port)
                    try await wire.send(start)
                    try await eventually { try await door.ask("/metrics").text.contains("connections 2\n") }
                }
                try await eventually { try await door.ask("/metrics").text.contains("connections 1\n") }
                try await Self.expectNoFault(door, backend, start)
            }
        }
        try await backend.stop()
    }

    @Test(arguments: [HTTPConfiguration.body(.milliseconds(600), deadline: 9), .body(.seconds(9), deadline: 0.6)])
    func `that is too slow is answered 408, whichever bound it meets`(configuration: HTTPConfiguration) async throws {
        let backend = try await Backend.own()
        try await Door.with(backend, configuration: configuration) { door in
            for start in [Self.head + "Content-Length: 400\r\n\r\n{\"area\":", Self.chunked + "5\r\n{\"are"] {
                let wire = try Wire(port: door.port)
                try await wire.send(start)
                let reply = try await wire.reply()
                #expect(reply.status == 408)
                #expect(reply.problem == "request-timeout")
                #expect(reply["connection"] == "close")
                #expect(try await wire.rest().isEmpty)
                try await Self.expectNoFault(door, backend, start)
            }
        }
        try await backend.stop()
    }
}

extension HTTPConfiguration {
    fileprivate static func body(_ timeout: Duration, deadline: Double) -> HTTPConfiguration {
        HTTPConfiguration(requestDeadline: .seconds(deadline), bodyTimeout: timeout)
    }
}
