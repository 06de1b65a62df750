import Events
import Foundation
import Harness
import Logging
import Postgres
import Salons
import Synchronization
import Tenancy

/// A migrated database with one tenant, whose events tests write by hand.
struct EventWorld: Sendable {
    let store: Store
    let outbox: Outbox
    let scope: TenantScope

    var database: ScopedDatabase { store.database }
    var ownerURL: String { store.ownerURL }

    init() async throws {
        store = try await Store.migrated()
        outbox = Outbox(store.database)
        scope = try await store.tenant("first")
        try await owner { connection in
            // What the consumers of these tests do, and how often.
            try connection.executeScript(
                unsafe: """
                    CREATE TABLE effect (number bigint GENERATED ALWAYS AS IDENTITY, event_id bigint);
                    GRANT SELECT, INSERT ON effect TO salons_events;
                    """)
        }
    }

    /// Runs a body in the owner's own session, past all policies.
    func owner<R: Sendable>(_ body: @Sendable (isolated Postgres.Connection) throws -> R) async throws -> R {
        try await store.owner(body)
    }

    /// Writes events in one transaction; their numbers.
    @discardableResult
    func write(_ subjects: [UUID], kind: String = "test.happened") async throws -> [Int64] {
        let tenant = scope.tenant!.rawValue
        return try await owner { connection in
            try connection.query(
                """
                INSERT INTO outbox (tenant_id, kind, subject, revision)
                SELECT \(tenant), \(kind), s, 1 FROM unnest(\(subjects)) WITH ORDINALITY AS u (s, n) ORDER BY n
                RETURNING id
                """
            ).map { try $0.decode(Int64.self) }
        }
    }

    func write(kind: String = "test.happened") async throws -> Int64 {
        try await write([UUID()], kind: kind)[0]
    }

    /// The numbers of the events whose effect was had, in its order.
    func effects() async throws -> [Int64] {
        try await owner { connection in
            try connection.query("SELECT event_id FROM effect ORDER BY number").map { try $0.decode(Int64.self) }
        }
    }

    func number(_ query: SQL) async throws -> Int {
        try await owner { connection in try connection.query(query)[0].decode(Int.self) }
    }

    func follower(
        _ consumer: any EventConsumer, attempts: Int = 3, clock: MovableClock = MovableClock()
    ) async throws -> DurableFollower {
        var configuration = DurableFollower.Configuration()
        configuration.attempts = attempts
        let follower = DurableFollower(
            consumer, of: outbox, configuration: configuration, now: { clock.now }, logger: .silent)
        try await follower.register()
        return follower
    }

    /// Steps until nothing is left, and until so many events have had an effect: transactions in other databases of the
    /// cluster hold events back too.
    func drain(_ follower: DurableFollower, until count: Int) async throws {
        for _ in 0..<6_000 {
            while case .worked = try await follower.step() {}
            if try await effects().count >= count { return }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// Notes each event in a table, but for those that it is told to refuse.
final class Noting: EventConsumer {
    struct Refused: Error {}

    let name: String
    let kinds = ["test.happened"]
    private let refused = Mutex<Set<Int64>>([])

    init(_ name: String = "noting") {
        self.name = name
    }

    func refuse(_ events: Set<Int64>) {
        refused.withLock { $0 = events }
    }

    func handle(_ events: [Event], _ connection: isolated Postgres.Connection) throws {
        let refused = refused.withLock { $0 }
        for event in events {
            // Written before it is refused, so that a half-done effect would show.
            try connection.execute("INSERT INTO effect (event_id) VALUES (\(event.position.id))")
            if refused.contains(event.position.id) { throw Refused() }
        }
    }
}
