import Events
import Foundation
import Harness
import Postgres
import Tenancy
import Testing

/// A consumer's place, its effects, and what it could not do.
struct DurableFollowerTests {
    @Test func `does each event once, in order, and moves its mark over all`() async throws {
        let world = try await EventWorld()
        let ids = try await world.write([UUID(), UUID(), UUID()])
        _ = try await world.write(kind: "test.other")
        let more = try await world.write([UUID()])
        let follower = try await world.follower(Noting())
        try await world.drain(follower, until: 4)
        #expect(try await world.effects() == ids + more)
        #expect(try await follower.step() == .idle)
        let status = try await EventAdministration(world.database).consumers()[0]
        #expect(status.depth == 0 && status.failing == 0 && status.dead == 0 && status.oldest == nil)
        #expect(status.mark.id == more[0])
        #expect(try await world.number("SELECT count(*) FROM inbox") == 0)
    }

    @Test func `another follower for the same consumer goes on where the first stood`() async throws {
        let world = try await EventWorld()
        let first = try await world.write([UUID(), UUID()])
        try await world.drain(try await world.follower(Noting()), until: 2)
        let second = try await world.write([UUID()])
        try await world.drain(try await world.follower(Noting()), until: 3)
        #expect(try await world.effects() == first + second)
    }

    @Test func `an event waits for older transactions that still run`() async throws {
        let world = try await EventWorld()
        let follower = try await world.follower(Noting())
        let tenant = world.scope.tenant!
        let late = try await Postgres.Connection.connect(Postgres.Configuration(world.ownerURL))
        try await late.turn { connection in
            try connection.executeScript(
                unsafe: """
                    BEGIN; INSERT INTO outbox (tenant_id, kind, subject)
                    VALUES ('\(tenant)', 'test.happened', gen_random_uuid())
                    """)
        }
        let early = try await world.write()
        #expect(try await follower.step() == .idle)
        try await late.turn { connection in try connection.executeScript(unsafe: "COMMIT") }
        await late.close()
        try await world.drain(follower, until: 2)
        // The one that was begun first has the lower number, and comes first although it was committed last.
        #expect(try await world.effects() == [early - 1, early])
    }

    @Test func `one that cannot be done stands in the way of its subject and of nobody else`() async throws {
        let world = try await EventWorld()
        let clock = MovableClock()
        let consumer = Noting()
        let follower = try await world.follower(consumer, clock: clock)
        let (stuck, other) = (UUID(), UUID())
        let ids = try await world.write([stuck, other, stuck, other])
        consumer.refuse([ids[0]])
        try await world.drain(follower, until: 2)
        #expect(try await world.effects() == [ids[1], ids[3]])
        #expect(try await follower.step() == .idle)
        var status = try await EventAdministration(world.database).consumers()[0]
        #expect(status.mark.id == ids[0] - 1 && status.failing == 2 && status.depth == 2)

        consumer.refuse([])
        clock.advance(10)
        try await world.drain(follower, until: 4)
        #expect(try await world.effects() == [ids[1], ids[3], ids[0], ids[2]])
        status = try await EventAdministration(world.database).consumers()[0]
        #expect(status.mark.id == ids[3] && status.failing == 0)
        #expect(try await world.number("SELECT count(*) FROM inbox") == 0)
    }

    @Test func `what is done beyond the mark is not done again by whoever takes over`() async throws {
        let world = try await EventWorld()
        let consumer = Noting()
        let ids = try await world.write([UUID(), UUID(), UUID()])
        consumer.refuse([ids[0]])
        try await world.drain(try await world.follower(consumer), until: 2)
        let next = try await world.follower(consumer)
        let more = try await world.write()
        try await world.drain(next, until: 3)
        #expect(try await world.effects() == [ids[1], ids[2], more])
    }

    @Test func `is dead after its attempts, is passed by, and can be done once more`() async throws {
        let world = try await EventWorld()
        let clock = MovableClock()
        let consumer = Noting()
        let follower = try await world.follower(consumer, attempts: 3, clock: clock)
        let (bad, subject) = (UUID(), UUID())
        let ids = try await world.write([bad, bad, subject])
        consumer.refuse([ids[0]])
        try await world.drain(follower, until: 1)
        for _ in 0..<2 {
            clock.advance(100)
            _ = try await follower.step()
        }
        try await world.drain(follower, until: 2)
        #expect(try await world.effects() == [ids[2], ids[1]])
        let administration = EventAdministration(world.database)
        let dead = try await administration.failures(consumer: nil, limit: 10)
        #expect(dead.map(\.event.position.id) == [ids[0]] && dead[0].state == "dead" && dead[0].attempts == 3)
        #expect(dead[0].error == "Refused()")
        #expect(try await administration.consumers()[0].mark.id == ids[2])

        consumer.refuse([])
        try await administration.replay(ids[0], consumer: "noting")
        clock.advance(1_000_000_000)
        try await world.drain(follower, until: 3)
        #expect(try await world.effects() == [ids[2], ids[1], ids[0]])
        // Once.
        await #expect(throws: EventError.unknownFailure(consumer: "noting", event: ids[0])) {
            try await administration.replay(ids[0], consumer: "noting")
        }
        #expect(try await follower.step() == .idle)
    }

    @Test func `can be skipped by name, and is never done then`() async throws {
        let world = try await EventWorld()
        let clock = MovableClock()
        let consumer = Noting()
        let follower = try await world.follower(consumer, clock: clock)
        let subject = UUID()
        let ids = try await world.write([subject, subject])
        consumer.refuse([ids[0]])
        try await eventually { try await follower.step() == .worked(done: 0, failed: 1) }
        try await EventAdministration(world.database).skip(ids[0], consumer: "noting")
        consumer.refuse([])
        clock.advance(1_000_000_000)
        try await world.drain(follower, until: 1)
        #expect(try await world.effects() == [ids[1]])
        #expect(try await EventAdministration(world.database).consumers()[0].mark.id == ids[1])
        await #expect(throws: EventError.unknownConsumer("nobody")) {
            try await EventAdministration(world.database).skip(ids[0], consumer: "nobody")
        }
    }

    @Test func `two followers at once do nothing twice`() async throws {
        let world = try await EventWorld()
        let consumer = Noting()
        let followers = [try await world.follower(consumer), try await world.follower(consumer)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<60 { try await world.write((0..<5).map { _ in UUID() }) }
            }
            for follower in followers {
                group.addTask { try await world.drain(follower, until: 300) }
            }
            try await group.waitForAll()
        }
        let effects = try await world.effects()
        #expect(effects.count == 300 && Set(effects).count == 300)
    }

    @Test func `runs by itself when it is woken or a moment later`() async throws {
        let world = try await EventWorld()
        let follower = try await world.follower(Noting())
        let task = Task { try await follower.run() }
        _ = try await world.write()
        world.outbox.wake()
        try await eventually { try await world.effects().count == 1 }
        // Nobody wakes it for this one.
        _ = try await world.write()
        try await eventually { try await world.effects().count == 2 }
        task.cancel()
        _ = await task.result
    }

    @Test func `a restored database begins a new incarnation in which nothing is done again`() async throws {
        let world = try await EventWorld()
        let clock = MovableClock()
        let consumer = Noting()
        let follower = try await world.follower(consumer, clock: clock)
        let ids = try await world.write([UUID(), UUID(), UUID()])
        consumer.refuse([ids[0]])
        try await world.drain(follower, until: 2)
        _ = try await world.write([UUID()])
        // As a dump that was made on a server which had counted further.
        try await world.owner { connection in
            try connection.executeScript(
                unsafe: """
                    UPDATE incarnation SET system_identifier = 1;
                    UPDATE outbox SET txid = (txid::text::bigint + 1000000000)::text::xid8;
                    UPDATE inbox SET txid = (txid::text::bigint + 1000000000)::text::xid8;
                    UPDATE failed_event SET txid = (txid::text::bigint + 1000000000)::text::xid8;
                    UPDATE consumer SET txid = (txid::text::bigint + 1000000000)::text::xid8;
                    """)
        }
        consumer.refuse([])
        clock.advance(100)
        let restored = try await world.follower(consumer, clock: clock)
        let later = try await world.write([UUID()])
        try await world.drain(restored, until: 5)
        let effects = try await world.effects()
        #expect(Set(effects).count == 5 && effects.count == 5 && effects.last == later[0], "\(effects)")
        #expect(try await world.number("SELECT max(number) FROM incarnation") == 2)
        #expect(try await world.number("SELECT count(*) FROM inbox") == 0)
    }
}
