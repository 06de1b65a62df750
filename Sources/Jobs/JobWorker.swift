public import Foundation
public import Logging
import Postgres
public import ServiceLifecycle
import Synchronization
import Tenancy
import Timing

/// Works at jobs: takes some, commits, works, says what came of it. Any number of instances may do so.
public final class JobWorker: Service {
    /// How much and how patiently; the defaults are meant for production.
    public struct Configuration: Sendable {
        /// Jobs that are worked at at the same time.
        public var concurrency = 4
        /// How long a job is the worker's without a sign of life.
        public var lease: Duration = .seconds(20)
        /// Time between two signs of life.
        public var heartbeat: Duration = .seconds(5)
        /// Time between two looks when nobody calls `wake`.
        public var pollInterval: Duration = .seconds(1)

        /// The defaults.
        public init() {}
    }

    /// What has been met since the start.
    public struct Statistics: Sendable, Hashable {
        /// Done.
        public var done = 0
        /// Failed, and tried again later.
        public var failed = 0
        /// Given up.
        public var dead = 0
        /// Lost to another worker while they were worked at.
        public var lost = 0
    }

    private let queue: JobQueue
    private let handlers: [String: JobHandler]
    private let configuration: Configuration
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    private struct State {
        var running: [Int64: (job: ClaimedJob, task: Task<Void, Never>)] = [:]
        var statistics = Statistics()
        /// Whose turn it was last.
        var turn = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        var isFailing = false
    }

    /// A worker, which starts with ``run()``. Of two handlers for one kind the last one counts.
    public init(
        _ queue: JobQueue, handlers: [JobHandler], configuration: Configuration = Configuration(),
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.queue = queue
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }) { $1 }
        self.configuration = configuration
        self.now = now
        self.logger = logger
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The numbers of this moment.
    public var statistics: Statistics { state.withLock { $0.statistics } }

    /// Looks for jobs at once.
    public func wake() {
        waker.yield()
    }

    /// Works until it is cancelled or shut down. Then takes nothing new, and gives back what is not done when it is
    /// cancelled.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            let beats = Task { await self.beat() }
            var signals = self.wakes.makeAsyncIterator()
            while !Task.isCancelled {
                await self.takeSome()
                let waker = self.waker
                let timer = Timers.shared.schedule(after: self.configuration.pollInterval) { waker.yield() }
                _ = await signals.next()
                Timers.shared.cancel(timer)
            }
            let tasks = self.state.withLock { $0.running.values.map(\.task) }
            for task in tasks { task.cancel() }
            for task in tasks { await task.value }
            beats.cancel()
            await beats.value
        }
    }

    /// Takes as many jobs as there is room for; how many that were.
    @discardableResult
    private func takeSome() async -> Int {
        let (room, turn) = state.withLock { (configuration.concurrency - $0.running.count, $0.turn) }
        guard room > 0 else { return 0 }
        do {
            let jobs = try await queue.claim(
                kinds: handlers.keys.sorted(), atMost: room, after: turn, now: now(), lease: configuration.lease)
            for job in jobs { begin(job) }
            let wasFailing = state.withLock { state in
                if let last = jobs.last { state.turn = last.turn }
                defer { state.isFailing = false }
                return state.isFailing
            }
            if wasFailing { logger.notice("Jobs are taken again.") }
            return jobs.count
        } catch {
            let wasFailing = state.withLock { state in
                defer { state.isFailing = true }
                return state.isFailing
            }
            if !wasFailing, !Task.isCancelled {
                logger.error("No jobs can be taken; they wait.", metadata: ["error": "\(error)"])
            }
            return 0
        }
    }

    private func begin(_ job: ClaimedJob) {
        guard let handler = handlers[job.kind] else { return }
        state.withLock { state in
            // The task waits for this lock when it is that quick.
            let task = Task {
                await self.work(job, handler)
                self.state.withLock { $0.running[job.id] = nil }
                self.wake()
            }
            state.running[job.id] = (job, task)
        }
    }

    private func work(_ job: ClaimedJob, _ handler: JobHandler) async {
        let scope = job.tenant.flatMap { PlatformAccess.jobs().scope(of: $0) }
        do {
            try await handler.work(
                job.arguments.bytes, JobRun(id: job.id, scope: scope, attempt: job.attempt, now: now()))
            let isMine = try await persistently { try await self.queue.complete(job) }
            state.withLock { isMine ? ($0.statistics.done += 1) : ($0.statistics.lost += 1) }
        } catch {
            await end(job, handler, with: error)
        }
    }

    private func end(_ job: ClaimedJob, _ handler: JobHandler, with error: any Error) async {
        if Task.isCancelled {
            // Shut down, or lost to another, who then has another lease. A task of its own, since this one is
            // cancelled.
            await Task { [queue] in try? await queue.release(job) }.value
            return
        }
        let doubled = handler.retryPause / .seconds(1) * pow(2, Double(job.attempt - 1))
        let pause = min(doubled, 3_600) * Double.random(in: 0.75...1.25)
        let isDead = try? await persistently {
            try await self.queue.fail(job, error: "\(error)", retryAt: self.now() + pause, now: self.now())
        }
        guard let isDead else { return state.withLock { $0.statistics.lost += 1 } }
        state.withLock { isDead == true ? ($0.statistics.dead += 1) : ($0.statistics.failed += 1) }
        logger.error(
            isDead == true ? "A job is dead: it could not be done." : "A job could not be done yet.",
            metadata: [
                "job": "\(job.id)", "kind": "\(job.kind)", "attempt": "\(job.attempt)", "error": "\(error)",
            ])
    }

    /// What came of a job is said for as long as its lease lasts: a database that was away for a moment must not have
    /// the work done twice.
    private func persistently<R: Sendable>(_ say: @Sendable () async throws -> R) async throws -> R {
        let deadline = ContinuousClock.now + configuration.lease
        while true {
            do {
                return try await say()
            } catch {
                guard ContinuousClock.now < deadline, !Task.isCancelled else { throw error }
                try await Pause.sleep(for: .milliseconds(200))
            }
        }
    }

    private func beat() async {
        while !Task.isCancelled {
            try? await Pause.sleep(for: configuration.heartbeat)
            let running = state.withLock { Array($0.running.values) }
            guard !running.isEmpty, !Task.isCancelled else { continue }
            do {
                let mine = try await queue.renew(running.map(\.job), now: now(), lease: configuration.lease)
                for (job, task) in running where !mine.contains(job.id) { task.cancel() }
            } catch {
                logger.debug("leases could not be renewed", metadata: ["error": "\(error)"])
            }
        }
    }
}
