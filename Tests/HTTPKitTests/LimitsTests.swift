import Harness
import JSON
import Synchronization
import Testing
import Timing

@testable import HTTPKit

struct `Limits of an operation` {
    private static let done = Answer.empty(204, "Done.")

    private static func write(_ limits: Limits, effect: Effect = .none, sleeping: Duration = .zero) -> Endpoint<Rank> {
        Endpoint(
            .post, "/v1/things", name: "write", "Write", tag: .things, access: .anyone, limits: limits,
            effect: effect, parameters: .none,
            body: Body.object(Member("text", .text())) { _, text in text.value }, answers: [done]
        ) { _, _, _ in
            try await Pause.sleep(for: sleeping)
            return done()
        }
    }

    private static func body(_ count: Int) -> String { "{\"text\":\"\(String(repeating: "x", count: count - 11))\"}" }

    @Test func `bound its body, and no other's`() async throws {
        let small = Self.write(Limits(bodyBytes: 100))
        try await Door.with([small]) { door in
            #expect(try await door.send("POST", "/v1/things", Self.body(100)).status == 204)
            let reply = try await door.send("POST", "/v1/things", Self.body(101))
            #expect(reply.status == 413)
            #expect(reply.json["detail"]?.string == "the body is larger than 100 bytes")
            // Whoever asks first is told before sending.
            let asked = try await door.ask(
                "/v1/things", method: "POST", fields: ["Expect: 100-continue", "Content-Length: 101"])
            #expect(asked.status == 413)
        }
        try await Door.with([Self.write(Limits(bodyBytes: 200_000))]) { (door: Door) async throws -> Void in
            #expect(try await door.send("POST", "/v1/things", Self.body(150_000)).status == 204)
        }
    }

    @Test func `hold its own deadline, and tell what its sender must do`() async throws {
        let limits = Limits(deadline: .milliseconds(50))
        for (effect, problem, word) in [
            (Effect.none, "deadline-exceeded", "answer"), (.write(.withKey), "outcome-unknown", "Idempotency-Key"),
            (.write(.withoutKey), "outcome-unknown", "no harm"),
        ] {
            try await Door.with([Self.write(limits, effect: effect, sleeping: .seconds(20))]) { door in
                let reply = try await door.send("POST", "/v1/things", Self.body(20))
                #expect(reply.problem == problem)
                #expect(reply.json["detail"]?.string?.contains(word) == true)
            }
        }
    }

    @Test func `have it refused under overload by its share`() async throws {
        var configuration = HTTPConfiguration(maximumRequestsInFlight: 1)
        configuration.drainWait = .zero
        let gate = Gate()
        func held(_ path: String, _ share: Limits.Share?) -> Endpoint<Rank> {
            Endpoint(
                .get, path, name: path, "Held", tag: .things, access: .anyone, limits: Limits(share: share),
                parameters: .none, answers: [Self.done]
            ) { _, _ in
                await gate.pass()
                return Self.done()
            }
        }
        try await Door.with(
            [held("/one", .one), held("/two", .two), held("/always", nil)], configuration: configuration
        ) { door in
            let first = Task { try await door.ask("/one").status }
            try await eventually { gate.waiting == 1 }
            #expect(try await door.ask("/one").problem == "overloaded")
            let second = Task { try await door.ask("/two").status }
            try await eventually { gate.waiting == 2 }
            #expect(try await door.ask("/two").problem == "overloaded")
            let third = Task { try await door.ask("/always").status }
            try await eventually { gate.waiting == 3 }
            gate.open()
            #expect(try await [first.value, second.value, third.value] == [204, 204, 204])
        }
    }

    @Test func `count what it should not have answered`() async throws {
        let stray = Answer.empty(202, "Not declared.")
        let endpoint = Endpoint<Rank>(
            .get, "/stray", name: "stray", "Stray", tag: .things, access: .anyone, limits: Limits(),
            parameters: .none, answers: [Self.done]
        ) { _, _ in stray() }
        let figures = Answer.bytes(200, "Figures.", type: "text/plain")
        let metrics = Endpoint<Rank>.open(
            .get, "/metrics", name: "figures", "Figures", tag: .service, parameters: .none, answers: [figures]
        ) { _, call in figures(Array(call.service.exposition.utf8)) }
        try await Door.with([endpoint, metrics]) { door in
            #expect(try await door.ask("/stray").status == 202)
            let text = try await door.ask("/metrics").text
            #expect(text.contains("\nsalons_http_undeclared_total 1\n"))
            #expect(text.contains("salons_http_requests_total{method=\"GET\",route=\"/stray\",status=\"other\"} 1"))
        }
    }
}

/// Holds everybody until it is opened.
private final class Gate: Sendable {
    private let isOpen = Atomic(false)
    private let count = Tally()

    var waiting: Int { count.value }

    func open() { isOpen.store(true, ordering: .relaxed) }

    func pass() async {
        count.add(1)
        while !isOpen.load(ordering: .relaxed), !Task.isCancelled { try? await Pause.sleep(for: .milliseconds(2)) }
    }
}
