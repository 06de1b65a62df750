import Foundation
import Harness
import Logging
import Postgres
import Salons
import Synchronization
import Testing

@testable import Tenancy

/// Scoped work in one round trip, and the wake-up after it.
struct OneRoundTripTests {
    private static func insertion(_ reference: String) -> SQL {
        """
        INSERT INTO salon (tenant_id, name, latitude, longitude, time_zone, source, source_ref)
        VALUES (current_tenant(), \(reference), 55, 12, 'UTC', 'test', \(reference))
        """
    }

    private static let names: SQL = "SELECT name FROM salon ORDER BY name"

    @Test func `a tenant writes and reads its own and nobody else's`() async throws {
        let store = try await Store.migrated(poolSize: 1)
        let (ours, theirs) = try await (store.tenant("ours"), store.tenant("theirs"))
        #expect(try await store.database.writeOnce(ours, Self.insertion("a")).affected == 1)
        let rows = try await store.database.writeOnce(theirs, [Self.insertion("b"), Self.insertion("c"), Self.names])
        #expect(try rows[2].texts() == ["b", "c"])
        #expect(try await store.database.readOnce(ours, Self.names).texts() == ["a"])
        let changed = try await store.database.writeOnce(
            ours, "UPDATE salon SET name = 'x' WHERE tenant_id = \(theirs.tenant!.rawValue)")
        #expect(changed.affected == 0)
        let error = await #expect(throws: PostgresError.self) {
            try await store.database.writeOnce(
                ours, [Self.insertion("d"), "UPDATE salon SET tenant_id = \(theirs.tenant!.rawValue)"])
        }
        #expect(error?.code == .insufficientPrivilege)
        #expect(try await store.database.readOnce(theirs, Self.names).texts() == ["b", "c"])
        #expect(try await store.database.readOnce(ours, Self.names).texts() == ["a"])
    }

    @Test func `the scope ends with the exchange`() async throws {
        let store = try await Store.migrated(poolSize: 1)
        let ours = try await store.tenant("ours")
        _ = try await store.database.writeOnce(ours, Self.insertion("a"), lockTimeout: .seconds(1))
        _ = try await store.database.readOnce(ours, Self.names, timeout: .seconds(1))
        let (role, tenant, limits) = try await store.database.unscoped { connection in
            try connection.query(
                """
                SELECT current_user::text, current_setting('app.tenant_id', true),
                    current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')
                """)[0].decode(String.self, String?.self, String.self)
        }
        #expect(role == "salons_app")
        #expect((tenant ?? "").isEmpty)
        #expect(limits == "0 30s")
        let error = await #expect(throws: PostgresError.self) {
            try await store.database.unscoped { try $0.exchange(Self.names) }
        }
        #expect(error?.code == .insufficientPrivilege)
    }

    @Test func `the marketplace reads what is published and writes nothing`() async throws {
        let store = try await Store.migrated()
        let ours = try await store.tenant("ours")
        _ = try await store.database.writeOnce(ours, [Self.insertion("a"), "UPDATE salon SET status = 'published'"])
        let shown = try await store.database.readOnce(.marketplace, "SELECT name FROM published_salon")
        #expect(try shown.texts() == ["a"])
        let denied = await #expect(throws: PostgresError.self) {
            try await store.database.readOnce(.marketplace, Self.names)
        }
        #expect(denied?.code == .insufficientPrivilege)
        await #expect(throws: TenancyError.marketplaceIsReadOnly) {
            try await store.database.writeOnce(.marketplace, "SELECT 1")
        }
        await #expect(throws: TenancyError.marketplaceIsReadOnly) {
            try await store.database.writeOnce(.marketplace, ["SELECT 1"])
        }
        let readOnly = await #expect(throws: PostgresError.self) {
            try await store.database.readOnce(ours, "DELETE FROM salon")
        }
        #expect(readOnly?.code == .readOnlyTransaction)
    }

    @Test func `limits hold for the call`() async throws {
        let store = try await Store.migrated()
        let ours = try await store.tenant("ours")
        let holder = try await Connection.connect(Configuration(store.ownerURL))
        try await holder.executeScript(unsafe: "BEGIN; LOCK TABLE salon")
        let locked = await #expect(throws: PostgresError.self) {
            try await store.database.writeOnce(
                ours, "SELECT count(*) FROM salon", lockTimeout: .milliseconds(20))
        }
        #expect(locked?.code == .lockNotAvailable)
        for attempt in 0..<2 {
            let late = await #expect(throws: PostgresError.self) {
                attempt == 0
                    ? try await store.database.readOnce(ours, "SELECT pg_sleep(30)", timeout: .milliseconds(20))
                    : try await store.database.writeOnce(
                        ours, "SELECT pg_sleep(30)", statementTimeout: .milliseconds(20))
            }
            #expect(late?.kind == .statementTimeout)
        }
        await holder.close()
    }

    private static func isWake(_ event: Listener.Event?) -> Bool {
        if case .notification? = event { true } else { false }
    }

    @Test func `each kind of write wakes a follower, also the last before a shutdown`() async throws {
        let store = try await Store.migrated(poolSize: 2)
        let ours = try await store.tenant("ours")
        let listener = Listener(try Configuration(store.ownerURL), channels: [ScopedDatabase.outboxChannel])
        var events = listener.events().makeAsyncIterator()
        let run = Task { try await listener.run() }
        #expect(await events.next() == .listening)
        _ = try await store.database.writeOnce(ours, Self.insertion("a"))
        #expect(Self.isWake(await events.next()))
        _ = try await store.database.writeOnce(ours, [Self.insertion("b")])
        #expect(Self.isWake(await events.next()))
        try await store.database.write(ours) { _ = try $0.execute(Self.insertion("c")) }
        #expect(Self.isWake(await events.next()))
        // From here on only the next write can be what the last message tells of.
        try await eventually { store.database.signal.isQuiet }
        _ = try await store.database.writeOnce(ours, Self.insertion("d"))
        await store.database.shutdown()
        #expect(store.database.statistics.open == 0)
        #expect(Self.isWake(await events.next()))
        run.cancel()
        try await run.value
    }

    @Test func `a shutdown among writes ends, and later calls do no harm`() async throws {
        let store = try await Store.migrated(poolSize: 4)
        let ours = try await store.tenant("ours")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for index in 0... {
                        do {
                            _ = try await store.database.writeOnce(ours, Self.insertion("\(writer) \(index)"))
                        } catch let error as PostgresError where error.kind == .unavailable {
                            return
                        }
                    }
                }
            }
            try await eventually { try await !store.owner { try $0.query("SELECT FROM salon").isEmpty } }
            await store.database.shutdown()
            try await group.waitForAll()
        }
        store.database.signal.call()
        try await eventually { store.database.signal.isQuiet && store.database.statistics.open == 0 }
    }
}

/// The pace of the wake-ups, with a clock and a sender that the test moves.
struct OutboxSignalTests {
    /// How many changes there were, and how many the latest message can tell of.
    private final class Log: Sendable {
        let written = Mutex(0)
        let heard = Mutex(0)
    }

    /// Lets a test see that something has begun, and decide when it ends.
    private final class Gate: Sendable {
        private let state = Mutex<(entered: Int, opened: Int)>((0, 0))

        var entered: Int { state.withLock { $0.entered } }

        func open() { state.withLock { $0.opened += 1 } }

        func pass() async {
            let number = state.withLock { state in
                state.entered += 1
                return state.entered
            }
            while state.withLock({ $0.opened }) < number { await Task.yield() }
        }
    }

    @Test func `calls in a row become two messages, and none is lost`() async throws {
        let (sending, pausing) = (Gate(), Gate())
        let signal = OutboxSignal(pause: { await pausing.pass() }, send: { await sending.pass() })
        #expect(signal.isQuiet)
        for round in 0..<3 {
            let before = sending.entered
            for _ in 0..<100 { signal.call() }
            // The first is sent at once: no pause has begun in this round.
            try await eventually { sending.entered == before + 1 }
            #expect(pausing.entered == before)
            // Called while the message is on its way: it may have left before the change.
            for _ in 0..<100 { signal.call() }
            sending.open()
            try await eventually { pausing.entered == before + 1 }
            #expect(sending.entered == before + 1)
            pausing.open()
            try await eventually { sending.entered == before + 2 }
            sending.open()
            try await eventually { pausing.entered == before + 2 }
            if round == 1 {
                // Called in the pause: sent when it is over.
                signal.call()
                #expect(sending.entered == before + 2)
                pausing.open()
                try await eventually { sending.entered == before + 3 }
                sending.open()
                try await eventually { pausing.entered == before + 3 }
            }
            pausing.open()
            try await eventually { signal.isQuiet }
        }
        #expect(sending.entered == 7)
    }

    @Test func `every call from any thread is followed by a message that began later`() async throws {
        let log = Log()
        let signal = OutboxSignal(
            pause: { await Task.yield() },
            send: {
                let now = log.written.withLock { $0 }
                log.heard.withLock { $0 = max($0, now) }
            })
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<2_000 {
                        log.written.withLock { $0 += 1 }
                        signal.call()
                    }
                }
            }
        }
        try await eventually { signal.isQuiet }
        #expect(log.heard.withLock { $0 } == 16_000)
    }
}

extension Rows {
    /// The first column.
    fileprivate func texts() throws -> [String] { try map { try $0.decode(String.self) } }
}
