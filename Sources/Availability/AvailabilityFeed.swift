import Calendars
public import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization
import Timing

/// Follows the outbox for a board: tells it of every epoch and every revision that anybody's change has brought.
///
/// Events are acted on as soon as they are committed, also while an older transaction still runs: they say what is the case,
/// in whatever order they come. The position moves on only over events before which nothing can come any more, and only to
/// an event that was seen, since a server that crashed may give transaction numbers a second time that nobody has seen.
public struct AvailabilityFeed: Service {
    /// Intervals; the defaults are meant for production.
    public struct Configuration: Sendable {
        /// Time between two looks when nobody calls `wake`.
        public var pollInterval: Duration = .seconds(1)
        /// Events read at once.
        public var pageLimit = 1_000
        /// Pause after the first failure; it doubles up to `longestPause`.
        public var firstPause: Duration = .milliseconds(100)
        /// Longest pause between two attempts while the database is away.
        public var longestPause: Duration = .seconds(2)
        /// After so long without an answer events may have been removed, so that everything is forgotten.
        public var longestSilence: Duration = .seconds(300)

        /// The defaults.
        public init() {}
    }

    private let board: AvailabilityBoard
    private let events: any CalendarEvents
    private let configuration: Configuration
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation

    /// A feed for one board, which starts with `run`; a board has one feed.
    public init(
        _ board: AvailabilityBoard, events: any CalendarEvents, configuration: Configuration = Configuration(),
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.board = board
        self.events = events
        self.configuration = configuration
        self.now = now
        self.logger = logger
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Looks at the outbox at once: call it when the database notifies.
    public func wake() {
        waker.yield()
    }

    /// Follows until it is cancelled or shut down. Without the database the board stays as it is, and what was missed is
    /// caught up.
    public func run() async throws {
        let (waker, wakes, interval) = (waker, wakes, configuration.pollInterval)
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    while !Task.isCancelled {
                        waker.yield()
                        try? await Pause.sleep(for: interval)
                    }
                }
                group.addTask {
                    var follower = Follower(feed: self)
                    for await _ in wakes {
                        if Task.isCancelled { break }
                        await follower.step()
                    }
                }
                await group.next()
                group.cancelAll()
            }
        }
        board.ledger.stop()
        board.progress.withLock { $0.isHealthy = false }
    }

    /// The state of one run.
    private struct Follower {
        let feed: AvailabilityFeed
        var position: CalendarFeed.Position?
        /// Events beyond the position that were acted on.
        var done: Set<CalendarFeed.Position> = []
        var isFailing = false
        /// Whether some event was seen: only those outlive a crash of the server.
        var hasSeen = false
        var pause: Duration
        var nextAttempt = ContinuousClock.now
        var lastHeard = ContinuousClock.now

        init(feed: AvailabilityFeed) {
            self.feed = feed
            pause = feed.configuration.firstPause
        }

        mutating func step() async {
            guard ContinuousClock.now >= nextAttempt else { return }
            do {
                if let position, ContinuousClock.now - lastHeard < feed.configuration.longestSilence {
                    try await follow(position)
                } else {
                    try await begin()
                }
                lastHeard = .now
                if isFailing { feed.logger.notice("The feed of calendars answers again.") }
                isFailing = false
                pause = feed.configuration.firstPause
            } catch {
                guard !Task.isCancelled else { return }
                if !isFailing {
                    feed.logger.error(
                        "The feed of calendars does not answer; what is in memory grows old.",
                        metadata: ["error": "\(error)"])
                }
                isFailing = true
                if !hasSeen { position = nil }
                feed.board.progress.withLock { $0.isHealthy = false }
                nextAttempt = .now + pause
                pause = min(pause * 2, feed.configuration.longestPause)
            }
        }

        /// Forgets everything and follows from now on.
        private mutating func begin() async throws {
            let asked = feed.now()
            let position = try await feed.events.position()
            if self.position != nil {
                feed.logger.warning("Changes of calendars may have been missed; everything is read anew.")
                feed.board.progress.withLock { $0.restarts += 1 }
            }
            self.position = position
            done = []
            hasSeen = false
            feed.board.ledger.follow()
            report(asked, delay: nil)
        }

        private mutating func follow(_ start: CalendarFeed.Position) async throws {
            var cursor = start
            while true {
                let asked = feed.now()
                let page = try await feed.events.page(after: cursor, limit: feed.configuration.pageLimit)
                guard page.horizon.transaction >= start.transaction else { return try await begin() }
                for event in page.events where done.isEmpty || !done.contains(event.position) {
                    feed.board.ledger.note(event.change)
                }
                for event in page.events {
                    if event.isSettled {
                        position = event.position
                        hasSeen = true
                        if !done.isEmpty { done.remove(event.position) }
                    } else {
                        done.insert(event.position)
                    }
                }
                let written = page.events.last?.writtenAt
                if page.isLast {
                    report(asked, delay: written.map { feed.now().timeIntervalSince($0) })
                    return
                }
                cursor = page.events.last?.position ?? cursor
            }
        }

        private func report(_ asked: Date, delay: TimeInterval?) {
            feed.board.progress.withLock {
                $0.isHealthy = true
                $0.position = position
                $0.asOf = asked
                if let delay { $0.delay = max(0, delay) }
            }
        }
    }
}
