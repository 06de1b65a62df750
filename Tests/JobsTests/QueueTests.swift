import Foundation
import Harness
import JSON
import Postgres
import Salons
import Testing

@testable import Jobs

/// Which jobs are handed out, and to whom they belong then.
struct QueueTests {
    private static func texts(_ jobs: [ClaimedJob]) throws -> [String] {
        try jobs.compactMap { try JSONReader.read($0.arguments.bytes).string }
    }

    @Test func `a job is handed out once, when it is due by the caller's clock`() async throws {
        let world = try await JobWorld()
        try await world.enqueue("now")
        try await world.enqueue("later", in: 3_600)
        #expect(try Self.texts(try await world.claim()) == ["now"])
        #expect(try await world.claim().isEmpty)
        world.clock.advance(3_601)
        #expect(try await world.claim().isEmpty, "what is due is made ready by the keeper")
        try await world.keeper().keep()
        // The first one's lease is over as well.
        #expect(try await Set(Self.texts(world.claim())) == ["now", "later"])
    }

    @Test func `of jobs with the same name for it one is open at a time`() async throws {
        let world = try await JobWorld(tenants: 2)
        for tenant in [nil] + world.tenants.map(Optional.some) {
            #expect(try await world.enqueue(JobWorld.kind, Note("a"), tenant: tenant, dedupe: "one"))
            #expect(try await !world.enqueue(JobWorld.kind, Note("b"), tenant: tenant, dedupe: "one"))
            #expect(try await world.enqueue(JobWorld.kind, Note("c"), tenant: tenant, dedupe: "two"))
        }
        let jobs = try await world.claim()
        #expect(jobs.count == 6)
        // While it runs it is still open.
        #expect(try await !world.enqueue(JobWorld.kind, Note("b"), dedupe: "one"))
        for job in jobs { #expect(try await world.queue.complete(job)) }
        #expect(try await world.enqueue(JobWorld.kind, Note("b"), dedupe: "one"))
    }

    @Test func `a job that its transaction takes back was never there`() async throws {
        struct Undone: Error {}
        let world = try await JobWorld()
        let now = world.clock.now
        await #expect(throws: Undone.self) {
            try await world.queue.transaction { connection in
                try JobQueue.enqueue(
                    JobWorld.kind, Note("x"), tenant: nil, dedupe: nil, at: now, now: now, connection)
                throw Undone()
            }
        }
        #expect(try await world.claim().isEmpty)
    }

    @Test func `tenants take turns, whatever each has queued, and the most urgent goes first`() async throws {
        let world = try await JobWorld(tenants: 3)
        for number in 0..<50 { try await world.enqueue("a\(number)", tenant: world.tenants[0]) }
        for number in 0..<2 { try await world.enqueue("b\(number)", tenant: world.tenants[1]) }
        try await world.enqueue("c0", tenant: world.tenants[2])
        try await world.enqueue("platform")
        let urgent = JobKind("test.note", arguments: Note.self, priority: .urgent)
        try await world.enqueue(urgent, Note("first"), tenant: world.tenants[2])
        let first = try await world.claim(7)
        #expect(try Self.texts(first) == ["first", "a0", "b0", "c0", "platform", "a1", "b1"])
        // The next worker goes on after whoever was last.
        #expect(try Self.texts(try await world.claim(2, after: first[6].turn)) == ["a2", "a3"])
    }

    @Test func `kinds that the worker does not know are left to others`() async throws {
        let world = try await JobWorld()
        try await world.enqueue("x")
        #expect(try await world.claim(kinds: ["test.other"]).isEmpty)
        #expect(try await world.claim().count == 1)
    }

    @Test func `whoever lost a job can neither finish it nor give it up`() async throws {
        let world = try await JobWorld()
        try await world.enqueue("x")
        let late = try #require(try await world.claim().first)
        world.clock.advance(21)
        try await world.keeper().keep()
        let present = try #require(try await world.claim().first)
        #expect(present.id == late.id && present.lease > late.lease && present.attempt == 2)
        #expect(try await !world.queue.complete(late))
        #expect(try await world.queue.fail(late, error: "x", retryAt: world.clock.now, now: world.clock.now) == nil)
        try await world.queue.release(late)
        #expect(try await world.queue.renew([late], now: world.clock.now, lease: .seconds(20)).isEmpty)
        #expect(try await world.states() == ["running"])
        #expect(try await world.queue.complete(present))
        #expect(try await world.states() == [])
    }

    @Test func `a job whose workers go away is rescued in time, and dead after its attempts`() async throws {
        let world = try await JobWorld()
        try await world.enqueue("x")
        let keeper = world.keeper()
        for attempt in 1...3 {
            #expect(try await world.claim().first?.attempt == attempt)
            world.clock.advance(19)
            try await keeper.keep()
            #expect(try await world.states() == ["running"])
            world.clock.advance(2)
            try await keeper.keep()
        }
        #expect(try await world.states() == ["dead"])
        #expect(keeper.rescued == 3)
    }

    @Test func `an operator can pause a kind, cancel and retry a job, and old ones are cleaned away`() async throws {
        let world = try await JobWorld()
        let clock = world.clock
        let administration = JobAdministration(world.database, now: { clock.now })
        try await world.enqueue("a")
        try await administration.pause(kind: "test.note")
        try await world.enqueue("b")
        try await world.keeper().keep()
        #expect(try await world.claim().isEmpty)
        #expect(try await administration.paused() == ["test.note"])
        #expect(try await administration.resume(kind: "test.note"))
        #expect(try await !administration.resume(kind: "test.note"))
        try await world.keeper().keep()
        let jobs = try await world.claim()
        #expect(jobs.count == 2)

        try await administration.cancel(jobs[0].id)
        #expect(try await !world.queue.complete(jobs[0]))
        await #expect(throws: JobError.unknownJob(jobs[0].id, wanted: "open")) {
            try await administration.cancel(jobs[0].id)
        }
        try await administration.retry(jobs[0].id)
        #expect(try await world.claim().map(\.id) == [jobs[0].id])
        try await administration.cancel(jobs[0].id)
        #expect(try await world.queue.clean(endedBefore: clock.now) == 0)
        #expect(try await world.queue.clean(endedBefore: clock.now + 1) == 1)
        #expect(try await administration.counts().map(\.state) == ["running"])
    }

    @Test func `a periodic job is made once per interval, by whichever instance comes first`() async throws {
        let world = try await JobWorld()
        let kind = JobKind("test.tick", arguments: NoArguments.self)
        let keepers = (0..<3).map { _ in world.keeper([PeriodicJob(kind, every: .seconds(60))]) }
        func made() async throws -> Int {
            for keeper in keepers { try await keeper.keep() }
            let jobs = try await world.claim(kinds: ["test.tick"])
            for job in jobs { _ = try await world.queue.complete(job) }
            return jobs.count
        }
        #expect(try await made() == 1)
        #expect(try await made() == 0)
        world.clock.advance(60)
        #expect(try await made() == 1)
        // A standstill is not made up for.
        world.clock.advance(86_400)
        #expect(try await made() == 1)
        #expect(try await made() == 0)
        // One that is still open is enough.
        world.clock.advance(60)
        for keeper in keepers { try await keeper.keep() }
        world.clock.advance(60)
        #expect(try await made() == 1)
    }

    @Test func `handing out reads a few pages, however many wait`() async throws {
        let world = try await JobWorld(tenants: 2)
        let tenants = world.tenants.map(\.rawValue)
        try await world.store.owner { connection in
            try connection.execute(
                """
                INSERT INTO job (tenant_id, kind, arguments, priority, max_attempts, run_at, created_at, state)
                SELECT (\(tenants))[1 + n % 2], 'test.note', '"x"', 1, 3, now(), now(), 'ready'
                FROM generate_series(1, 50000) AS n
                """)
            try connection.executeScript(unsafe: "ANALYZE job")
        }
        #expect(try await world.claim(4).count == 4)
        let began = ContinuousClock.now
        for _ in 0..<20 { #expect(try await world.claim(4).count == 4) }
        let each = (ContinuousClock.now - began) / 20
        print("MEASURED claim of 4 with 50,000 waiting:", each)
        #expect(each < .milliseconds(100))
    }
}
