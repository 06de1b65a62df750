import Calendars
public import Events
public import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization

/// Follows the outbox for a board: tells it of every epoch and every revision that anybody's change has brought.
///
/// Events are acted on as soon as they are committed, also while an older transaction still runs: they say what is the
/// case, in whatever order they come.
public struct AvailabilityFeed: Service {
    /// Intervals; the defaults are meant for production.
    public struct Configuration: Sendable {
        /// Time between two looks when nobody calls.
        public var pollInterval: Duration = .seconds(1)
        /// Events looked at in one go.
        public var pageLimit = 1_000
        /// Pause after the first failure; it doubles up to `longestPause`.
        public var firstPause: Duration = .milliseconds(100)
        /// Longest pause between two attempts while the database is away.
        public var longestPause: Duration = .seconds(2)

        /// The defaults.
        public init() {}
    }

    private let board: AvailabilityBoard
    private let follower: EventFollower
    private let now: @Sendable () -> Date

    /// A feed for one board, which starts with `run`; a board has one feed.
    public init(
        _ board: AvailabilityBoard, events: any EventReading, configuration: Configuration = Configuration(),
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.board = board
        self.now = now
        follower = EventFollower(
            "calendars", of: events,
            configuration: EventFollower.Configuration(
                kinds: CalendarEvents.names, telling: .committed, pollInterval: configuration.pollInterval,
                pageLimit: configuration.pageLimit, firstPause: configuration.firstPause,
                longestPause: configuration.longestPause), now: now, logger: logger)
    }

    /// Follows until it is cancelled or shut down. Without the database the board stays as it is, and what was missed
    /// is caught up.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var subscriber = BoardSubscriber(board: board, now: now)
            await follower.run(&subscriber)
        }
        board.ledger.stop()
        board.progress.withLock { $0.isHealthy = false }
    }
}

/// A board as a follower of events sees it.
private struct BoardSubscriber: EventSubscriber {
    let board: AvailabilityBoard
    let now: @Sendable () -> Date
    private var isFirst = true

    init(board: AvailabilityBoard, now: @escaping @Sendable () -> Date) {
        self.board = board
        self.now = now
    }

    /// Forgets everything: a board reads what it is asked about.
    mutating func load(from position: EventPosition, asked: Date) async throws {
        if !isFirst { board.progress.withLock { $0.restarts += 1 } }
        isFirst = false
        board.ledger.follow()
        report(position, asked, delay: nil)
    }

    mutating func apply(_ batch: EventBatch) async throws {
        for event in batch.events { board.ledger.note(event) }
        // A page in the middle says nothing of how far the board has come.
        guard batch.isLast else { return }
        let delay = batch.events.last.map { now().timeIntervalSince($0.writtenAt) }
        report(batch.position, batch.asked, delay: delay)
    }

    mutating func failed() {
        board.progress.withLock { $0.isHealthy = false }
    }

    private func report(_ position: EventPosition, _ asked: Date, delay: TimeInterval?) {
        board.progress.withLock {
            $0.isHealthy = true
            $0.position = position
            $0.asOf = asked
            if let delay { $0.delay = max(0, delay) }
        }
    }
}
