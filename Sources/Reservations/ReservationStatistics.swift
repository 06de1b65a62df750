import Synchronization

/// What reservations have met since the start.
public struct ReservationStatistics: Sendable, Hashable {
    /// Requests that took effect for the first time.
    public var done = 0
    /// Requests that were answered from their key.
    public var replays = 0
    /// Requests that were refused because somebody has the time.
    public var slotsTaken = 0
    /// Requests that were refused for any other reason.
    public var refused = 0
    /// Attempts after the first, with the same key.
    public var retries = 0
    /// Deadlocks that PostgreSQL broke; the order of locks forbids them.
    public var deadlocks = 0
    /// How often the exclusion constraint had to refuse what the locks should have; an alert is due at the first.
    public var backstopHits = 0
    /// Requests that ended without an answer of the database.
    public var unavailable = 0

    /// Nothing yet.
    public init() {}
}

/// The figures, counted from any thread.
final class Tally: Sendable {
    private let state = Mutex(ReservationStatistics())

    var statistics: ReservationStatistics { state.withLock { $0 } }

    func count(_ change: (inout ReservationStatistics) -> Void) {
        state.withLock { change(&$0) }
    }
}
