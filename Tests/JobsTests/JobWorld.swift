import Foundation
import Harness
import JSON
import Logging
import Postgres
import Salons
import Synchronization
import Tenancy

@testable import Jobs

/// A migrated database with some tenants, and a time that moves when the test says so.
struct JobWorld: Sendable {
    let store: Store
    let queue: JobQueue
    let tenants: [TenantID]
    let clock = MovableClock()

    var database: ScopedDatabase { store.database }

    init(tenants count: Int = 1) async throws {
        store = try await Store.migrated()
        queue = JobQueue(store.database)
        var tenants: [TenantID] = []
        for number in 0..<count { tenants.append(try await store.tenant("t\(number)").tenant!) }
        // In the order of their turns.
        self.tenants = tenants.sorted { $0.description < $1.description }
    }

    static let kind = JobKind("test.note", arguments: Note.self, attempts: 3, retryPause: .seconds(10))

    @discardableResult
    func enqueue<Arguments>(
        _ kind: JobKind<Arguments>, _ arguments: Arguments, tenant: TenantID? = nil, dedupe: String? = nil,
        in seconds: Double = 0
    ) async throws -> Bool {
        let now = clock.now
        return try await queue.transaction { connection in
            try JobQueue.enqueue(
                kind, arguments, tenant: tenant, dedupe: dedupe, at: now + seconds, now: now, connection)
        }
    }

    @discardableResult
    func enqueue(_ text: String, tenant: TenantID? = nil, in seconds: Double = 0) async throws -> Bool {
        try await enqueue(Self.kind, Note(text), tenant: tenant, in: seconds)
    }

    func claim(
        _ limit: Int = 100, after turn: UUID = UUID(uuidString: "00000000-0000-0000-0000-000000000000")!,
        kinds: [String] = ["test.note"]
    ) async throws -> [ClaimedJob] {
        try await queue.claim(kinds: kinds, atMost: limit, after: turn, now: clock.now, lease: .seconds(20))
    }

    func states() async throws -> [String] {
        try await JobAdministration(database).list(state: nil, kind: nil, limit: 1_000).map(\.state)
    }

    func worker(
        _ handlers: [JobHandler], concurrency: Int = 4, heartbeat: Duration = .seconds(5)
    ) -> JobWorker {
        var configuration = JobWorker.Configuration()
        configuration.concurrency = concurrency
        configuration.pollInterval = .milliseconds(10)
        configuration.heartbeat = heartbeat
        let clock = clock
        return JobWorker(
            queue, handlers: handlers, configuration: configuration, now: { clock.now }, logger: .silent)
    }

    func keeper(_ periodic: [PeriodicJob] = []) -> JobKeeper {
        let clock = clock
        return JobKeeper(queue, periodic: periodic, onReady: {}, now: { clock.now }, logger: .silent)
    }

    /// Runs a worker for as long as a body takes.
    func working(_ worker: JobWorker, _ body: () async throws -> Void) async throws {
        let task = Task { try await worker.run() }
        do { try await body() } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        _ = await task.result
    }
}

/// What handlers have done, from any thread.
final class Notes: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
}

/// What a job of these tests is told.
struct Note: JobArguments {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    init?(_ json: JSONValue) {
        guard let text = json.string else { return nil }
        self.text = text
    }

    var json: JSONValue { .string(text) }
}
