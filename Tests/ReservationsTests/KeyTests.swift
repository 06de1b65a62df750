import Foundation
import Harness
import LocalServices
import Migrations
import Postgres
import Scheduling
import Tenancy
import Testing

@testable import Reservations

/// One key, one outcome.
struct KeyTests {
    @Test func `a refusal that was answered is still one after PostgreSQL was killed`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "salons-key-\(UUID().uuidString)")
            .path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var options = LocalPostgres.Options.durable
        // What need not be on the disk then stays away from it until the kill.
        options.settings.merge(["wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"]) { $1 }
        let postgres = try await LocalPostgres.start(directory: directory, options: options, logger: .silent)
        try await DatabaseSetup.createIfMissing("keys", at: postgres.url(database: "postgres"))
        let url = postgres.url(database: "keys")
        try await Store.migrate(url)
        let world = try await World(at: url)
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        let taken = try #require(try await world.book(visit).booking)
        let key = IdempotencyKey.fresh()
        guard case .slotTaken = try await world.book(visit, key: key).refusal else {
            Issue.record("the time was not taken")
            return
        }
        try await postgres.kill()
        let restarted = try await LocalPostgres.start(directory: directory, options: options, logger: .silent)
        #expect(try await world.reservations.cancel(taken.id, scope: world.scope, key: .fresh()).booking != nil)
        let twin = try await world.book(visit, key: key)
        #expect(twin.booking == nil, "refused and done all the same")
        #expect(try await world.book(visit).booking != nil)
        await world.database.shutdown()
        await restarted.stop()
    }

    @Test func `a refusal weighs little, and is forgotten before what took effect`() async throws {
        let world = try await World()
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        #expect(try await world.book(visit).booking != nil)
        let count = 600
        for _ in 0..<count {
            let key = IdempotencyKey(UUID().uuidString)!
            guard case .slotTaken = try await world.book(visit, key: key).refusal else {
                Issue.record("the time was not taken")
                return
            }
        }
        let (bytes, longest) = try await world.store.owner { connection in
            try connection.query(
                """
                SELECT (pg_relation_size('idempotency') + pg_indexes_size('idempotency')) / count(*),
                    max(pg_column_size(answer)) FILTER (WHERE is_refusal)
                FROM idempotency
                """)[0].decode(Int64.self, Int32.self)
        }
        // The index by age, without which old keys could not be found, is 30 of them.
        #expect(bytes < 530)
        #expect(longest <= 40)
        try await world.store.owner { connection in
            _ = try connection.execute("UPDATE idempotency SET created_at = created_at - interval '2 hours'")
        }
        #expect(
            try await world.reservations.forgetKeys(olderThan: .seconds(86_400), refusals: .seconds(3_600)) == count)
        #expect(try await world.reservations.forgetKeys(olderThan: .seconds(3_600), refusals: .seconds(3_600)) == 1)
    }

    @Test func `what the request lacks is not kept under its key`() async throws {
        let world = try await World()
        let key = IdempotencyKey.fresh()
        let unknown = try await world.reservations.cancel(BookingID(UUID()), scope: world.scope, key: key)
        #expect(unknown.refusal == .unknownBooking)
        let kept = try await world.store.owner { connection in
            try connection.query("SELECT count(*) FROM idempotency")[0].decode(Int.self)
        }
        #expect(kept == 0)
    }
}
