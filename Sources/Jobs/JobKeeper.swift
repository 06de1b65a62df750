public import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization
import Tenancy
import Timing

/// Keeps the table of jobs going: makes periodic jobs when their time has come, makes ready what is due, and takes jobs
/// from workers that have gone away. Any number of instances may do so.
public final class JobKeeper: Service {
    private let queue: JobQueue
    private let administration: JobAdministration
    private let periodic: [PeriodicJob]
    private let interval: Duration
    private let onReady: @Sendable () -> Void
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let known = Mutex((counts: [JobAdministration.Count](), rescued: 0))

    /// A keeper, which starts with ``run()``.
    /// - Parameters:
    ///   - queue: the table.
    ///   - periodic: what is made again and again.
    ///   - interval: time between two looks.
    ///   - onReady: called when there is something for workers.
    ///   - now: the clock that jobs are due by.
    ///   - logger: for what workers leave behind.
    public init(
        _ queue: JobQueue, periodic: [PeriodicJob], interval: Duration = .milliseconds(500),
        onReady: @escaping @Sendable () -> Void, now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.queue = queue
        administration = JobAdministration(queue.database, now: now)
        self.periodic = periodic
        self.interval = interval
        self.onReady = onReady
        self.now = now
        self.logger = logger
    }

    /// How many jobs there are, as of a few seconds ago.
    public var counts: [JobAdministration.Count] { known.withLock { $0.counts } }

    /// Jobs that were taken from workers that had gone away, since the start.
    public var rescued: Int { known.withLock { $0.rescued } }

    /// Keeps until it is cancelled or shut down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var round = 0
            while !Task.isCancelled {
                do {
                    try await self.keep()
                    if round % 10 == 0 {
                        let counts = try await self.administration.counts()
                        self.known.withLock { $0.counts = counts }
                    }
                } catch {
                    // The pool says once that the database is away.
                    self.logger.debug("jobs could not be kept", metadata: ["error": "\(error)"])
                }
                round += 1
                try? await Pause.sleep(for: self.interval)
            }
        }
    }

    /// One look.
    public func keep() async throws {
        let present = now()
        let made = try await queue.makePeriodic(periodic, now: present)
        let promoted = try await queue.promote(now: present)
        let (rescued, dead) = try await queue.rescue(now: present)
        if rescued + dead > 0 {
            known.withLock { $0.rescued += rescued + dead }
            logger.warning(
                "Workers went away and left jobs.", metadata: ["again": "\(rescued)", "dead": "\(dead)"])
        }
        if made + promoted + rescued > 0 { onReady() }
    }
}
