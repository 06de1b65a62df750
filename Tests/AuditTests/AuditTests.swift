import Audit
import Events
import Foundation
import Harness
import Logging
import Postgres
import Salons
import Tenancy
import Testing

/// The audit log: what it holds, and that a change of it shows.
struct AuditTests {
    private static let kinds = ["test.happened", "test.changed"]

    /// A world whose audit log has this many entries.
    private static func written(_ count: Int) async throws -> AuditWorld {
        let world = try await AuditWorld()
        let tenant = world.scope.tenant!.rawValue
        try await world.owner { connection in
            _ = try connection.execute(
                """
                INSERT INTO outbox (tenant_id, kind, subject, revision, payload)
                SELECT \(tenant), CASE n % 2 WHEN 0 THEN 'test.happened' ELSE 'test.changed' END, gen_random_uuid(),
                    nullif(n % 3, 0), CASE n % 4 WHEN 0 THEN NULL ELSE jsonb_build_object('v', n, 'å', 'é "x"') END
                FROM generate_series(1, \(count)) AS n
                """)
        }
        let follower = DurableFollower(AuditConsumer(kinds: kinds), of: Outbox(world.database), logger: .silent)
        try await follower.register()
        try await eventually {
            while case .worked = try await follower.step() {}
            return try await world.entries() == count
        }
        return world
    }

    @Test func `the chain that the database makes is the one that is recomputed`() async throws {
        let world = try await Self.written(500)
        let verdict = try await AuditLog(world.database).verify(world.scope, pageLimit: 7)
        #expect(verdict.count == 500 && verdict.fault == nil, "\(verdict)")
        let head = try await world.owner { connection in
            try connection.query("SELECT hash FROM audit_head")[0].decode(Bytes.self).bytes
        }
        #expect(verdict.head == head)
    }

    @Test func `a log that was written anew is found out by an entry that somebody has noted`() async throws {
        let world = try await Self.written(20)
        let log = AuditLog(world.database)
        let noted = try await world.owner { connection in
            let hash = try connection.query("SELECT hash FROM audit WHERE n = 12")[0].decode(Bytes.self).bytes
            return AuditMark(n: 12, hash: hash)
        }
        #expect(AuditMark("\(noted)") == noted)
        #expect(try await log.verify(world.scope, expecting: noted).fault == nil)
        // Whoever owns the database can make a chain that is whole.
        try await world.owner { connection in
            try connection.executeScript(
                unsafe: """
                    ALTER TABLE audit DISABLE TRIGGER audit_append_only;
                    DELETE FROM audit; DELETE FROM audit_head; DELETE FROM outbox WHERE kind = 'test.changed';
                    SELECT append_audit(array_agg(txid ORDER BY id), array_agg(id ORDER BY id)) FROM outbox;
                    """)
        }
        #expect(try await log.verify(world.scope).fault == nil)
        #expect(
            try await log.verify(world.scope, expecting: noted).fault
                == "the log ends after 10 entries, and entry 12 was there before")
        let early = AuditMark(n: 3, hash: noted.hash)
        #expect(try await log.verify(world.scope, expecting: early).fault?.hasPrefix("entry 3 is not the one") == true)
    }

    @Test(arguments: ["", "1", "0:00", "1:xyz", "-1:\(String(repeating: "0", count: 64))", "1:00:00"])
    func `a note of an entry is a number and a hash`(text: String) {
        #expect(AuditMark(text) == nil)
    }

    @Test func `an empty log has nothing wrong with it`() async throws {
        let world = try await AuditWorld()
        let verdict = try await AuditLog(world.database).verify(world.scope)
        #expect(verdict.count == 0 && verdict.fault == nil)
    }

    @Test(arguments: [
        ("UPDATE audit SET kind = 'test.forged' WHERE n = 7", 6, "entry 7 was changed, or one before it"),
        ("UPDATE audit SET payload = NULL WHERE n = 9", 8, "entry 9 was changed, or one before it"),
        ("UPDATE audit SET written_at = written_at + interval '1 us' WHERE n = 2", 1, "entry 2 was changed"),
        ("DELETE FROM audit WHERE n = 5", 4, "entry 5 is missing"),
        ("DELETE FROM audit WHERE n > 15", 15, "the log ends after 15 entries, and there were 20"),
        ("DELETE FROM audit", 0, "the log ends after 0 entries, and there were 20"),
        (
            "DELETE FROM audit WHERE n > 15; UPDATE audit_head SET n = 15", 15,
            "the last entry is not the one that was written last"
        ),
    ])
    func `a change by whoever owns the database shows`(change: String, count: Int, fault: String) async throws {
        let world = try await Self.written(20)
        try await world.owner { connection in
            try connection.executeScript(
                unsafe: "ALTER TABLE audit DISABLE TRIGGER audit_append_only; \(change)")
        }
        let verdict = try await AuditLog(world.database).verify(world.scope)
        #expect(verdict.count == Int64(count) && verdict.fault?.hasPrefix(fault) == true, "\(verdict)")
    }

    @Test(arguments: ["UPDATE audit SET n = n", "DELETE FROM audit", "TRUNCATE audit"])
    func `nobody changes an entry, not even the owner in passing`(change: String) async throws {
        let world = try await Self.written(2)
        await #expect(throws: PostgresError.self) {
            try await world.owner { try $0.executeScript(unsafe: change) }
        }
        await #expect(throws: PostgresError.self) {
            try await world.database.platform(.events()) { connection in
                try connection.executeScript(unsafe: change)
            }
        }
    }

    @Test func `an event that is given twice has one entry`() async throws {
        let world = try await Self.written(3)
        await #expect(throws: PostgresError.self) {
            try await world.database.platform(.events()) { connection in
                try connection.executeScript(unsafe: "SELECT append_audit(array_agg(txid), array_agg(id)) FROM outbox")
            }
        }
        #expect(try await world.entries() == 3)
    }
}

/// A migrated database with one tenant.
private struct AuditWorld: Sendable {
    let store: Store
    let scope: TenantScope

    var database: ScopedDatabase { store.database }

    init() async throws {
        store = try await Store.migrated()
        scope = try await store.tenant("first")
    }

    /// Runs a body in the owner's own session, past all policies.
    func owner<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
        try await store.owner(body)
    }

    func entries() async throws -> Int {
        try await owner { try $0.query("SELECT count(*) FROM audit")[0].decode(Int.self) }
    }
}
