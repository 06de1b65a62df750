import Events
import Foundation
import Harness
import Salons
import Synchronization
import Testing

/// What a follower in memory tells its subscriber, with an outbox of the test's own.
struct EventFollowerTests {
    @Test(.timeLimit(.minutes(1))) func `loads first, then tells of each event once`() async throws {
        let outbox = FakeOutbox()
        outbox.write(transaction: 5, id: 1)
        try await Self.following(outbox) { log in
            try await Self.until { log.loads == [EventPosition(transaction: 5, id: 1)] }
            outbox.write(transaction: 6, id: 2)
            outbox.write(transaction: 6, id: 3, kind: "test.other")
            outbox.write(transaction: 7, id: 4)
            try await Self.until { log.position == EventPosition(transaction: 7, id: 4) }
            #expect(log.told == [2, 4])
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `an event that is not settled is told at once or later, as the subscriber wants`()
        async throws
    {
        for telling in [EventFollower.Configuration.Telling.committed, .settled] {
            let outbox = FakeOutbox()
            try await Self.following(outbox, telling: telling) { log in
                try await Self.until { !log.loads.isEmpty }
                outbox.state.withLock { $0.horizon = 8 }
                outbox.write(transaction: 9, id: 1)
                outbox.write(transaction: 10, id: 2)
                if telling == .committed {
                    try await Self.until { log.told == [1, 2] }
                } else {
                    try await Self.until { log.hasWithheld }
                    #expect(log.told == [])
                }
                // One that was late comes before them, and none is told twice.
                outbox.write(transaction: 8, id: 3)
                outbox.state.withLock { $0.horizon = 11 }
                try await Self.until { log.position == EventPosition(transaction: 10, id: 2) }
                #expect(log.told == (telling == .committed ? [1, 2, 3] : [3, 1, 2]))
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `reads everything anew when the server counts from a lower number`()
        async throws
    {
        let outbox = FakeOutbox()
        outbox.write(transaction: 50, id: 1)
        try await Self.following(outbox) { log in
            try await Self.until { log.loads.count == 1 }
            outbox.state.withLock {
                $0.events = []
                $0.horizon = 3
            }
            try await Self.until { log.loads.count == 2 }
            #expect(log.loads[1] == .start)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `reads everything anew when events went that it had not seen`() async throws {
        let outbox = FakeOutbox()
        outbox.write(transaction: 5, id: 1)
        try await Self.following(outbox) { log in
            try await Self.until { log.loads.count == 1 }
            outbox.state.withLock {
                $0.events = []
                $0.floor = EventPosition(transaction: 8, id: 4)
            }
            try await Self.until { log.loads.count == 2 }
            #expect(log.loads[1] == EventPosition(transaction: 8, id: 4))
        }
    }

    @Test(.timeLimit(.minutes(1))) func `what failed is told again, and the subscriber hears of the failure`()
        async throws
    {
        let outbox = FakeOutbox()
        try await Self.following(outbox) { log in
            try await Self.until { log.loads.count == 1 }
            outbox.state.withLock { $0.isAway = true }
            outbox.write(transaction: 5, id: 1)
            try await Self.until { log.failures > 1 }
            outbox.state.withLock { $0.isAway = false }
            try await Self.until { log.told == [1] }
            log.refuseNext()
            outbox.write(transaction: 6, id: 2)
            try await Self.until { log.told == [1, 2] }
            #expect(log.loads.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `goes on past events of other kinds, a page at a time`() async throws {
        let outbox = FakeOutbox()
        try await Self.following(outbox) { log in
            try await Self.until { log.loads.count == 1 }
            for id in 1...50 { outbox.write(transaction: 5, id: Int64(id), kind: "test.other") }
            outbox.write(transaction: 5, id: 51)
            try await Self.until { log.told == [51] }
            try await Self.until { outbox.lowestAsked == EventPosition(transaction: 5, id: 51) }
        }
    }

    private static func following(
        _ outbox: FakeOutbox, telling: EventFollower.Configuration.Telling = .settled,
        _ body: (SubscriberLog) async throws -> Void
    ) async throws {
        let log = SubscriberLog()
        let follower = EventFollower(
            "test", of: outbox,
            configuration: .init(
                kinds: ["test.happened"], telling: telling, pollInterval: .milliseconds(2), pageLimit: 7,
                firstPause: .milliseconds(1), longestPause: .milliseconds(4)), logger: .silent)
        let task = Task {
            var subscriber = LoggingSubscriber(log: log)
            await follower.run(&subscriber)
        }
        do { try await body(log) } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        await task.value
    }

    private static func until(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }
}

/// Events in memory.
private final class FakeOutbox: EventReading {
    struct Away: Error {}

    struct State {
        var events: [Event] = []
        var horizon: UInt64 = 1_000
        var floor = EventPosition.start
        var isAway = false
        var lastAsked = EventPosition.start
    }

    let state = Mutex(State())

    var lowestAsked: EventPosition { state.withLock { $0.lastAsked } }

    func write(transaction: UInt64, id: Int64, kind: String = "test.happened") {
        state.withLock { state in
            state.events.append(
                Event(
                    position: EventPosition(transaction: transaction, id: id), tenant: TenantID(UUID()), kind: kind,
                    subject: UUID(), revision: nil, writtenAt: Date(), isSettled: true))
            state.events.sort { $0.position < $1.position }
        }
    }

    /// Nobody calls: it must do without.
    func calls() -> AsyncStream<Void> { AsyncStream { _ in } }

    func lastSettled() async throws -> EventPosition {
        try state.withLock { state in
            if state.isAway { throw Away() }
            return max(state.floor, state.events.last { $0.position.transaction < state.horizon }?.position ?? .start)
        }
    }

    func page(after position: EventPosition, kinds: [String], limit: Int) async throws -> EventPage {
        try state.withLock { state in
            if state.isAway { throw Away() }
            state.lastAsked = position
            let looked = state.events.filter { $0.position > position }.prefix(limit)
            return EventPage(
                events: looked.filter { kinds.contains($0.kind) }.map { event in
                    Event(
                        position: event.position, tenant: event.tenant, kind: event.kind, subject: event.subject,
                        revision: nil, writtenAt: event.writtenAt,
                        isSettled: event.position.transaction < state.horizon)
                },
                last: looked.last?.position,
                lastSettled: looked.last { $0.position.transaction < state.horizon }?.position,
                horizon: state.horizon, floor: state.floor, isLast: looked.count < limit)
        }
    }
}

/// What a subscriber was told.
private final class SubscriberLog: Sendable {
    struct State {
        var loads: [EventPosition] = []
        var told: [Int64] = []
        var position: EventPosition?
        var failures = 0
        var hasWithheld = false
        var mustRefuse = false
    }

    let state = Mutex(State())

    var loads: [EventPosition] { state.withLock { $0.loads } }
    var told: [Int64] { state.withLock { $0.told } }
    var position: EventPosition? { state.withLock { $0.position } }
    var failures: Int { state.withLock { $0.failures } }
    var hasWithheld: Bool { state.withLock { $0.hasWithheld } }
    func refuseNext() { state.withLock { $0.mustRefuse = true } }
}

private struct LoggingSubscriber: EventSubscriber {
    struct Refused: Error {}

    let log: SubscriberLog

    mutating func load(from position: EventPosition, asked: Date) async throws {
        log.state.withLock { $0.loads.append(position) }
    }

    mutating func apply(_ batch: EventBatch) async throws {
        try log.state.withLock { state in
            if state.mustRefuse, !batch.events.isEmpty {
                state.mustRefuse = false
                throw Refused()
            }
            state.told += batch.events.map(\.position.id)
            state.position = batch.position
            if batch.oldestWithheld != nil { state.hasWithheld = true }
        }
    }

    mutating func failed() {
        log.state.withLock { $0.failures += 1 }
    }
}
