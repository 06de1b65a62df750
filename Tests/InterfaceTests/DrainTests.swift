import Foundation
import HTTPKit
import Harness
import Testing

struct `A server that stops` {
    private static let inline = "/v1/salons/nearby?lat=55.68&lon=12.56&limit=3"
    private static let routed = "/v1/salons/nearby?lat=55.68&lon=12.56&limit=3&sort=rating"

    @Test func `loses no request of kept connections, and says on each that it is the last`() async throws {
        let backend = try await Backend.shared()
        let door = try await Door.open(backend, configuration: HTTPConfiguration(drainWait: .seconds(20)))
        let answered = Tally()
        let closing = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<32 {
                group.addTask {
                    let wire = try Wire(port: door.port)
                    while true {
                        try await wire.send(Door.request(number.isMultiple(of: 2) ? Self.inline : Self.routed))
                        let reply = try await wire.reply()
                        guard reply.status == 200 else { return false }
                        answered.add(1)
                        if reply["connection"] == "close" { return try await wire.rest().isEmpty }
                    }
                }
            }
            try await eventually { answered.value > 200 }
            let closing = Task { try await door.close() }
            for try await isWhole in group { #expect(isWhole) }
            return closing
        }
        // Nobody is connected any more, so it does not wait.
        try await closing.value
        #expect(throws: WireError.self) { try Wire(port: door.port) }
    }

    @Test func `is not ready first, and still answers`() async throws {
        let backend = try await Backend.shared()
        let door = try await Door.open(backend, configuration: HTTPConfiguration(drainWait: .seconds(20)))
        let idle = try Wire(port: door.port)
        try await idle.send(Door.request("/readyz"))
        #expect(try await idle.reply().status == 200)
        let closing = Task { try await door.close() }
        try await eventually { try await door.ask("/readyz").status == 503 }
        for target in [Self.inline, Self.routed, "/healthz"] {
            let reply = try await door.ask(target)
            #expect(reply.status == 200)
            #expect(reply["connection"] == "close")
        }
        // The connection that was idle all the while gets an answer too, and its end with it.
        try await idle.send(Door.request(Self.inline))
        let last = try await idle.reply()
        #expect(last.status == 200)
        #expect(last["connection"] == "close")
        #expect(try await idle.rest().isEmpty)
        try await closing.value
    }

    @Test func `closes what stays idle after the wait`() async throws {
        let door = try await Door.open(
            try await Backend.shared(), configuration: HTTPConfiguration(drainWait: .milliseconds(200)))
        let idle = try Wire(port: door.port)
        try await idle.send(Door.request("/healthz"))
        #expect(try await idle.reply().status == 200)
        let closing = Task { try await door.close() }
        #expect(try await idle.rest().isEmpty)
        try await closing.value
    }
}
