import Events
import Foundation
import Harness
import Postgres
import Tenancy
import Testing

/// Old events go when every consumer has passed them, and not before.
struct RetentionTests {
    private static func events(_ world: EventWorld) async throws -> [Int64] {
        try await world.owner { connection in
            try connection.query("SELECT id FROM outbox ORDER BY id").map { try $0.decode(Int64.self) }
        }
    }

    private static func age(_ world: EventWorld, _ ids: [Int64]) async throws {
        try await world.owner { connection in
            _ = try connection.execute(
                "UPDATE outbox SET created_at = created_at - interval '1 day' WHERE id = ANY (\(ids))")
        }
    }

    @Test func `keeps what the slowest consumer has not passed, and says who that is`() async throws {
        let world = try await EventWorld()
        let fast = try await world.follower(Noting("fast"))
        let slow = try await world.follower(Noting("slow"))
        let ids = try await world.write((0..<5).map { _ in UUID() })
        let young = try await world.write()
        try await Self.age(world, ids)
        try await world.drain(fast, until: 6)
        let retention = EventRetention(world.database, batch: 2)
        let hourAgo = Date() - 3_600
        var report = try await retention.prune(before: hourAgo)
        #expect(report.removed == 0 && report.heldBack?.consumer == "slow")

        try await world.drain(slow, until: 12)
        report = try await retention.prune(before: hourAgo)
        #expect(report.removed == 5 && report.heldBack == nil)
        #expect(try await Self.events(world) == [young])
        #expect(try await world.number("SELECT id FROM outbox_floor") == Int(ids[4]))
    }

    @Test func `a retired consumer holds nothing back and is followed for by nobody`() async throws {
        let world = try await EventWorld()
        let gone = try await world.follower(Noting("gone"))
        let ids = try await world.write([UUID(), UUID()])
        try await Self.age(world, ids)
        let retention = EventRetention(world.database)
        try await eventually { try await gone.step() == .worked(done: 2, failed: 0) }
        let more = try await world.write()
        try await Self.age(world, [more])
        try await EventAdministration(world.database).retire(consumer: "gone")
        try await eventually {
            _ = try await retention.prune(before: Date() - 3_600)
            return try await Self.events(world).isEmpty
        }
        _ = try await world.write()
        try await eventually { try await gone.step() == .retired }
        await #expect(throws: EventError.unknownConsumer("gone")) {
            try await EventAdministration(world.database).retire(consumer: "gone")
        }
    }

    @Test func `an event that is dead is kept for whoever mends its consumer`() async throws {
        let world = try await EventWorld()
        let consumer = Noting()
        let follower = try await world.follower(consumer, attempts: 1)
        let ids = try await world.write([UUID(), UUID()])
        try await Self.age(world, ids)
        consumer.refuse([ids[0]])
        try await world.drain(follower, until: 1)
        try await eventually {
            _ = try await EventRetention(world.database).prune(before: Date() - 3_600)
            return try await Self.events(world) == [ids[0]]
        }
        consumer.refuse([])
        try await EventAdministration(world.database).replay(ids[0], consumer: "noting")
        // By the consumer's own clock, which stands still, the replay was asked for later.
        let later = try await world.follower(
            consumer,
            clock: {
                let clock = MovableClock(); clock.advance(1e9); return clock
            }())
        try await world.drain(later, until: 2)
        _ = try await EventRetention(world.database).prune(before: Date() - 3_600)
        #expect(try await Self.events(world).isEmpty)
    }

    @Test func `removes by the index of the order in which events are read`() async throws {
        let world = try await EventWorld()
        let ids = try await world.write((0..<20_000).map { _ in UUID() })
        try await Self.age(world, Array(ids[..<15_000]))
        try await world.owner { try $0.executeScript(unsafe: "ANALYZE outbox") }
        let before = try await world.number(
            "SELECT coalesce(seq_scan, 0) FROM pg_stat_user_tables WHERE relname = 'outbox'")
        try await eventually {
            _ = try await EventRetention(world.database, batch: 500).prune(before: Date() - 3_600)
            return try await Self.events(world).count == 5_000
        }
        await world.database.shutdown()
        // Of the test's own looks at the table there is at least one, so that the count is known to be there.
        let after = try await world.number(
            "SELECT coalesce(seq_scan, 0) FROM pg_stat_user_tables WHERE relname = 'outbox'")
        #expect(after - before < 20, "30 batches have read the whole table")
    }
}
