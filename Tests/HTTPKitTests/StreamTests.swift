import Harness
import Synchronization
import Testing
import Timing

@testable import HTTPKit

struct `A stream` {
    private static let events = Answer<EventStream>.events("What happens.")

    private static func endpoint(
        _ limits: Limits.Streaming, deadline: Duration? = nil,
        _ run: @escaping @Sendable (EventSink) async throws -> Void
    ) -> Endpoint<Rank> {
        Endpoint(
            .get, "/v1/stream", name: "watch", "Watch", tag: .things, access: .anyone,
            limits: Limits(deadline: deadline, streaming: limits), parameters: .none, answers: [events]
        ) { _, _ in events(EventStream(run)) }
    }

    private static let figures = Answer.bytes(200, "Figures.", type: "text/plain")
    private static let metrics = Endpoint<Rank>.open(
        .get, "/metrics", name: "figures", "Figures", tag: .service, parameters: .none, answers: [figures]
    ) { _, call in figures(Array(call.service.exposition.utf8)) }

    private static func open(_ door: Door) async throws -> Int {
        let text = try await door.ask("/metrics").text
        return Int(
            text.split(separator: "\n").first { $0.hasPrefix("salons_http_streams ") }?.split(separator: " ").last ?? ""
        )
            ?? -1
    }

    /// Sends what it is told to, and waits for its end.
    private static func endless(_ sink: EventSink) async throws {
        sink.send("hello", id: "1", data: Array("{}".utf8))
        try await Pause.sleep(for: .seconds(60))
    }

    @Test func `sends events, and ends with what makes them`() async throws {
        let endpoint = Self.endpoint(.init(maximum: 1)) { sink in
            sink.send("first", id: "7", data: Array(#"{"a":1}"#.utf8))
            sink.send("second", data: Array("2".utf8))
        }
        try await Door.with([endpoint]) { door in
            let reply = try await door.ask("/v1/stream")
            #expect(reply["content-type"] == "text/event-stream")
            #expect(reply["cache-control"] == "no-store")
            #expect(reply.text == "id: 7\nevent: first\ndata: {\"a\":1}\n\nevent: second\ndata: 2\n\n")
        }
    }

    @Test func `outlives the deadline and the idle time of the connection, by signs of life`() async throws {
        var configuration = HTTPConfiguration(requestDeadline: .milliseconds(100), idleTimeout: .milliseconds(400))
        configuration.drainWait = .zero
        let endpoint = Self.endpoint(.init(maximum: 1, heartbeat: .milliseconds(50))) { sink in
            try await Pause.sleep(for: .milliseconds(2_000))
            sink.send("late", data: Array("1".utf8))
        }
        try await Door.with([endpoint], configuration: configuration) { door in
            let text = try await door.ask("/v1/stream").text
            #expect(text.hasSuffix("event: late\ndata: 1\n\n"))
            #expect(text.hasPrefix(":\n\n:\n\n"))
        }
    }

    @Test func `is refused beyond the bound, which has room again when one ends`() async throws {
        try await Door.with([Self.endpoint(.init(maximum: 2)) { try await Self.endless($0) }, Self.metrics]) { door in
            var wires: [Wire] = []
            for _ in 0..<2 {
                let wire = try Wire(port: door.port)
                try await wire.send(Door.request("/v1/stream"))
                wires.append(wire)
            }
            try await eventually { try await Self.open(door) == 2 }
            let refused = try await door.ask("/v1/stream")
            #expect(refused.status == 503)
            #expect(refused.problem == "overloaded")
            #expect(refused["retry-after"] == "1")
        }
    }

    @Test func `whose client has gone makes room`() async throws {
        let endpoint = Self.endpoint(.init(maximum: 1, heartbeat: .milliseconds(30))) { try await Self.endless($0) }
        try await Door.with([endpoint, Self.metrics]) { door in
            do {
                let wire = try Wire(port: door.port)
                try await wire.send(Door.request("/v1/stream"))
                try await eventually { try await Self.open(door) == 1 }
            }
            try await eventually { try await Self.open(door) == 0 }
        }
    }

    @Test func `ends in order when the service stops`() async throws {
        let isCancelled = Atomic(false)
        let endpoint = Self.endpoint(.init(maximum: 1)) { sink in
            sink.send("hello", data: Array("1".utf8))
            do {
                try await Pause.sleep(for: .seconds(60))
            } catch {
                isCancelled.store(true, ordering: .relaxed)
            }
        }
        let door = try await Door.open([endpoint, Self.metrics])
        let reading = Task { try await door.ask("/v1/stream") }
        try await eventually { try await Self.open(door) == 1 }
        let start = ContinuousClock.now
        try await door.close()
        // Whole, with the last chunk: the client sees an end and not a cut.
        #expect(try await reading.value.text == "event: hello\ndata: 1\n\n")
        #expect(ContinuousClock.now - start < .seconds(20))
        try await eventually { isCancelled.load(ordering: .relaxed) }
    }

    @Test func `whose client takes nothing ends when too much waits for it`() async throws {
        let sent = Tally()
        let endpoint = Self.endpoint(.init(maximum: 1, heartbeat: .seconds(60), buffer: 4)) { sink in
            let event = [UInt8](repeating: UInt8(ascii: "x"), count: 200_000)
            while !Task.isCancelled {
                sink.send("much", data: event)
                sent.add(1)
                try await Pause.sleep(for: .milliseconds(2))
            }
        }
        var configuration = HTTPConfiguration(requestDeadline: .milliseconds(200), idleTimeout: .milliseconds(500))
        configuration.drainWait = .zero
        try await Door.with([endpoint, Self.metrics], configuration: configuration) { door in
            let wire = try Wire(port: door.port, receiveBuffer: 4_096)
            try await wire.send(Door.request("/v1/stream"))
            try await eventually { try await Self.open(door) == 1 }
            try await eventually { try await Self.open(door) == 0 }
            #expect(sent.value > 4)
        }
    }
}
