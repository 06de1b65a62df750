public import Foundation
public import Logging
import Postgres
public import ServiceLifecycle
import Synchronization
import Tenancy

/// Follows the outbox for good, for one consumer: its place moves in the transaction of its effect.
///
/// Any number of instances may follow for one consumer. Its row is the lock: who has it works, the others look again
/// later. An event that cannot be done is tried again with growing pauses while the others go on, and is dead after
/// some attempts; an operator can then have it done once more, or skip it. Later events of its subject wait for it.
public final class DurableFollower: Service {
    /// How a consumer is served; the defaults are meant for production.
    public struct Configuration: Sendable {
        /// Time between two looks when nobody calls.
        public var pollInterval: Duration = .seconds(1)
        /// Events of any kind that are looked at in one transaction.
        public var pageLimit = 500
        /// Attempts until an event is dead.
        public var attempts = 5
        /// Pause before an event's second attempt; each later one is six times as long.
        public var retryPause: Duration = .seconds(1)
        /// Pause after the first failure to reach the database; it doubles up to `longestPause`.
        public var firstPause: Duration = .milliseconds(100)
        /// Longest pause while the database is away.
        public var longestPause: Duration = .seconds(2)

        /// The defaults.
        public init() {}
    }

    /// What one step has come to.
    public enum Step: Sendable, Hashable {
        /// There was nothing to do.
        case idle
        /// Another instance is at it.
        case busyElsewhere
        /// An operator has retired the consumer.
        case retired
        /// Events were looked at; how many of them were done, and how many could not be.
        case worked(done: Int, failed: Int)
    }

    private let consumer: any EventConsumer
    private let outbox: Outbox
    private let configuration: Configuration
    private let now: @Sendable () -> Date
    private let logger: Logger
    /// Up to where this instance has looked; what is done beyond the mark, the inbox knows.
    private let head = Mutex(EventPosition.start)

    /// A follower for one consumer, which starts with ``run()``.
    public init(
        _ consumer: any EventConsumer, of outbox: Outbox, configuration: Configuration = Configuration(),
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.consumer = consumer
        self.outbox = outbox
        self.configuration = configuration
        self.now = now
        self.logger = logger
    }

    /// Follows until it is cancelled or shut down; a transaction under way is finished first.
    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.follow() }
    }

    private func follow() async {
        var (isRegistered, isFailing) = (false, false)
        var pause = configuration.firstPause
        var signals = FollowerPause(outbox.calls())
        defer { signals.end() }
        while !Task.isCancelled {
            var wait = configuration.pollInterval
            do {
                if !isRegistered { try await register() }
                isRegistered = true
                while case .worked = try await step() {}
                if isFailing { logger.notice("The consumer goes on.", metadata: ["consumer": "\(consumer.name)"]) }
                isFailing = false
                pause = configuration.firstPause
            } catch {
                guard !Task.isCancelled else { return }
                if !isFailing {
                    logger.error(
                        "The consumer cannot go on; its events wait.",
                        metadata: ["consumer": "\(consumer.name)", "error": "\(error)"])
                }
                isFailing = true
                wait = pause
                pause = min(pause * 2, configuration.longestPause)
            }
            await signals.wait(until: .now + wait)
        }
    }

    /// Makes the consumer known, so that events are kept for it from then on: at first all that there are.
    public func register() async throws {
        if try await ConsumerTable.register(consumer.name, in: outbox.database) {
            logger.warning("The database was restored from a copy; events are numbered anew from here on.")
        }
        head.withLock { $0 = .start }
    }

    /// Does what can be done now, in one transaction.
    public func step() async throws -> Step {
        let head = head.withLock { $0 }
        guard try await ConsumerTable.hasWork(consumer.name, beyond: head, at: now(), in: outbox.database) else {
            return .idle
        }
        do {
            return try await attempt(from: head, oneByOne: false)
        } catch is UndoableBatch {
            // Which of them it was shows when each is tried by itself.
            return try await attempt(from: head, oneByOne: true)
        }
    }

    private func attempt(from head: EventPosition, oneByOne: Bool) async throws -> Step {
        let work = ConsumerWork(
            consumer: consumer, head: head, pageLimit: configuration.pageLimit, attempts: configuration.attempts,
            retryPause: configuration.retryPause, now: now(), oneByOne: oneByOne)
        let result = try await outbox.database.platform(.events()) { connection in try work.run(connection) }
        guard case .worked(let report) = result else {
            return result == .retired ? .retired : .busyElsewhere
        }
        self.head.withLock { $0 = report.head }
        for failure in report.failures {
            logger.error(
                failure.isDead ? "An event is dead: it could not be done." : "An event could not be done yet.",
                metadata: [
                    "consumer": "\(consumer.name)", "event": "\(failure.event.position.id)",
                    "kind": "\(failure.event.kind)", "attempts": "\(failure.attempts)", "error": "\(failure.error)",
                ])
        }
        return .worked(done: report.done, failed: report.failures.count)
    }
}
