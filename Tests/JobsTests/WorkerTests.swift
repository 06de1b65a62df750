import Foundation
import Harness
import Postgres
import Tenancy
import Testing

@testable import Jobs

/// What a worker does with what it has taken.
struct WorkerTests {
    @Test func `works, and removes what is done`() async throws {
        let world = try await JobWorld(tenants: 1)
        let notes = Notes()
        let tenant = world.tenants[0]
        for number in 0..<20 { try await world.enqueue("\(number)", tenant: number % 2 == 0 ? tenant : nil) }
        let worker = world.worker([
            JobHandler(JobWorld.kind) { note, run in
                notes.add("\(note.text) \(run.scope?.tenant == tenant) \(run.attempt)")
            }
        ])
        try await world.working(worker) {
            try await eventually { try await world.states().isEmpty }
        }
        #expect(Set(notes.all) == Set((0..<20).map { "\($0) \($0 % 2 == 0) 1" }) && notes.all.count == 20)
        #expect(worker.statistics.done == 20)
    }

    @Test func `what fails is tried again later, and is dead after its attempts`() async throws {
        struct Refused: Error {}
        let world = try await JobWorld()
        let notes = Notes()
        try await world.enqueue("x")
        let worker = world.worker([
            JobHandler(JobWorld.kind) { _, run in
                notes.add("\(run.attempt)")
                throw Refused()
            }
        ])
        let keeper = world.keeper()
        try await world.working(worker) {
            for attempt in 1...3 {
                try await eventually { notes.all.count == attempt }
                try await eventually { try await !world.states().contains("running") }
                guard attempt < 3 else { break }
                // Not before the pause is over, some of which is left to chance.
                try await keeper.keep()
                #expect(try await world.states() == ["scheduled"])
                world.clock.advance(100)
                try await keeper.keep()
            }
        }
        #expect(try await world.states() == ["dead"])
        #expect(worker.statistics == JobWorker.Statistics(done: 0, failed: 2, dead: 1, lost: 0))
        let job = try await JobAdministration(world.database).list(state: "dead", kind: nil, limit: 1)[0]
        #expect(job.error == "Refused()" && job.attempt == 3)
    }

    @Test func `arguments that are not the kind's are an error of the job`() async throws {
        let world = try await JobWorld()
        try await world.enqueue(JobKind("test.note", arguments: NoArguments.self, attempts: 1), NoArguments())
        try await world.working(world.worker([JobHandler(JobWorld.kind) { _, _ in }])) {
            try await eventually { try await world.states() == ["dead"] }
        }
    }

    @Test func `a job that takes long is kept by signs of life`() async throws {
        let world = try await JobWorld()
        let clock = world.clock
        try await world.enqueue("x")
        let notes = Notes()
        let worker = world.worker(
            [
                JobHandler(JobWorld.kind) { _, _ in
                    notes.add("begun")
                    while notes.all.count < 2 { try await Task.sleep(for: .milliseconds(2)) }
                }
            ], heartbeat: .milliseconds(5))
        let keeper = world.keeper()
        try await world.working(worker) {
            try await eventually { notes.all == ["begun"] }
            for _ in 0..<10 {
                clock.advance(15)
                let now = clock.now
                // The lease is the clock's, so that many of them pass here in no time.
                try await eventually {
                    try await JobLease.until(world) > now + 19
                }
                try await keeper.keep()
                #expect(try await world.states() == ["running"])
            }
            notes.add("go on")
            try await eventually { try await world.states().isEmpty }
        }
        #expect(worker.statistics.done == 1 && keeper.rescued == 0)
    }

    @Test func `a job that was cancelled, or went to another, is stopped`() async throws {
        let world = try await JobWorld()
        try await world.enqueue("x")
        let notes = Notes()
        let worker = world.worker(
            [
                JobHandler(JobWorld.kind) { _, _ in
                    notes.add("begun")
                    do {
                        try await Task.sleep(for: .seconds(600))
                    } catch {
                        notes.add("stopped")
                        throw error
                    }
                }
            ], heartbeat: .milliseconds(5))
        try await world.working(worker) {
            try await eventually { notes.all == ["begun"] }
            let administration = JobAdministration(world.database)
            let id = try await administration.list(state: "running", kind: nil, limit: 1)[0].id
            try await administration.cancel(id)
            try await eventually { notes.all == ["begun", "stopped"] }
            #expect(try await world.states() == ["cancelled"])
        }
    }

    @Test func `a worker that is stopped gives back what it has not done`() async throws {
        let world = try await JobWorld()
        try await world.enqueue("x")
        let notes = Notes()
        let worker = world.worker([
            JobHandler(JobWorld.kind) { _, run in
                notes.add("\(run.attempt)")
                if notes.all.count == 1 { try await Task.sleep(for: .seconds(600)) }
            }
        ])
        try await world.working(worker) {
            try await eventually { notes.all == ["1"] }
        }
        #expect(try await world.states() == ["ready"])
        try await world.working(
            world.worker([JobHandler(JobWorld.kind) { _, run in notes.add("\(run.attempt)") }])
        ) {
            try await eventually { try await world.states().isEmpty }
        }
        #expect(notes.all == ["1", "1"])
    }
}

/// Looks at the only job's lease.
private enum JobLease {
    static func until(_ world: JobWorld) async throws -> Date {
        let rows = try await world.database.platformOnce(.jobs(), "SELECT max(leased_until) FROM job")
        let latest: Date? = try rows[0].decode(Date?.self, column: "max")
        return latest ?? .distantPast
    }
}
