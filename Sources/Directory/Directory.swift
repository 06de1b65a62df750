public import Foundation
public import Logging
public import Salons
public import ServiceLifecycle
import Synchronization

/// All published salons in memory, kept up to date from the database's change feed: answers "where" in microseconds.
///
/// Searches are synchronous and may come from any thread at any time. Each sees one consistent view; none waits for the
/// feed or for a merge, which build the next view beside the present one.
public final class Directory: Service {
    /// Intervals of the feed; the defaults are meant for production.
    public struct Configuration: Sendable {
        /// Time between two looks at the feed when nobody calls.
        public var pollInterval: Duration
        /// Changes read at once.
        public var batchLimit: Int
        /// Time between two comparisons with the database.
        public var reconcileInterval: Duration
        /// A difference must still be there after this before it is repaired: the feed may only have been behind.
        public var confirmationDelay: Duration
        /// Pause after the first failure; it doubles up to `longestPause`.
        public var firstPause: Duration
        /// Longest pause between two attempts while the database is away.
        public var longestPause: Duration

        /// Sets the intervals.
        public init(
            pollInterval: Duration = .milliseconds(50), batchLimit: Int = 1_000,
            reconcileInterval: Duration = .seconds(60),
            confirmationDelay: Duration = .seconds(2), firstPause: Duration = .milliseconds(100),
            longestPause: Duration = .seconds(2)
        ) {
            self.pollInterval = pollInterval
            self.batchLimit = batchLimit
            self.reconcileInterval = reconcileInterval
            self.confirmationDelay = confirmationDelay
            self.firstPause = firstPause
            self.longestPause = longestPause
        }
    }

    let source: any DirectorySource
    let configuration: Configuration
    let now: @Sendable () -> Date
    let logger: Logger
    private let current = Mutex<Snapshot?>(nil)
    private let progress = Mutex(FeedProgress())

    /// A directory that loads once `run` is called. `now` is the clock that lag and `asOf` are told by.
    public init(
        source: any DirectorySource, configuration: Configuration = Configuration(),
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.source = source
        self.configuration = configuration
        self.now = now
        self.logger = logger
    }

    /// Answers a query from the present view; ``DirectoryError/notReady`` before the first load is done.
    public func search(_ query: SalonQuery) throws(DirectoryError) -> SearchResult {
        let snapshot = try view()
        var (hits, examined) = try snapshot.search(query)
        let hasMore = hits.count > query.limit
        if hasMore { hits.removeLast(hits.count - query.limit) }
        return SearchResult(
            hits: hits, hasMore: hasMore, examined: examined, asOf: now(), order: query.order, snapshot: snapshot)
    }

    /// The published salon with this identifier, or nil.
    public func salon(_ id: SalonID) throws(DirectoryError) -> SalonEntry? {
        let snapshot = try view()
        return snapshot.place(of: id).map { SalonEntry(place: $0, snapshot: snapshot) }
    }

    /// Why a query has no answer; costs up to some milliseconds.
    public func diagnose(_ query: SalonQuery) throws(DirectoryError) -> Diagnosis {
        try view().diagnose(query)
    }

    /// Version of the present view, 0 before the first load.
    public var version: UInt64 { current.withLock { $0?.version ?? 0 } }

    /// How the directory is doing.
    public var status: DirectoryStatus {
        let (snapshot, progress) = (current.withLock { $0 }, progress.withLock { $0 })
        var status = progress.status(at: now())
        guard let snapshot else { return status }
        status.isLoaded = true
        status.salons = snapshot.count
        status.overlaySalons = snapshot.levels.dropFirst().reduce(0) { $0 + $1.live }
        status.indexBytes = snapshot.levels.reduce(0) { $0 + $1.grid.indexBytes }
        status.cardBytes = snapshot.levels.reduce(0) { $0 + $1.grid.store.usedBytes }
        status.version = snapshot.version
        return status
    }

    /// Loads, then follows the feed until it is cancelled or shut down. A failing database is no end: the present view
    /// stays, and what was missed is caught up.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var writer = DirectoryWriter(directory: self)
            await self.source.follow(&writer)
        }
    }

    private func view() throws(DirectoryError) -> Snapshot {
        guard let snapshot = current.withLock({ $0 }) else { throw .notReady }
        return snapshot
    }

    func show(_ snapshot: Snapshot) {
        current.withLock { $0 = snapshot }
    }

    func report(_ update: (inout FeedProgress) -> Void) {
        progress.withLock { update(&$0) }
    }
}

/// What the follower of the feed tells of itself.
struct FeedProgress: Sendable {
    var isHealthy = false
    var lastChange: String?
    /// When the database last answered.
    var lastHeard: Date?
    /// When the oldest change was written that is known but not in view.
    var oldestPending: Date?
    var unknownHours = 0
    var reconciliations = 0
    var repairs = 0

    /// Seconds between two answers that say nothing: what a poll and a comparison of digests take on a busy machine.
    private static let normalSilence = 1.0
    /// Seconds without an answer after which the feed counts as gone.
    private static let longestSilence = 3.0

    func status(at now: Date) -> DirectoryStatus {
        var status = DirectoryStatus()
        let silence = lastHeard.map { max(0, now.timeIntervalSince($0)) } ?? 0
        // A database that hangs refuses nothing: only the age of its last answer tells.
        status.feedHealthy = isHealthy && silence < Self.longestSilence
        status.lastChange = lastChange
        status.unknownHours = unknownHours
        status.reconciliations = reconciliations
        status.repairs = repairs
        let isFollowing = isHealthy && silence < Self.normalSilence
        let since = isFollowing ? oldestPending : [oldestPending, lastHeard].compactMap { $0 }.min()
        status.indexLag = since.map { max(0, now.timeIntervalSince($0)) } ?? 0
        return status
    }
}
