/// The outbox, as followers read it.
public protocol EventReading: Sendable {
    /// The last event of which it is sure that nothing can come before it any more; a reader that begins to keep copies
    /// now must begin to follow here.
    func lastSettled() async throws -> EventPosition

    /// Events of some kinds after a place, in order.
    ///
    /// Events of transactions that began after one that still runs are among them, marked as not settled.
    /// - Parameters:
    ///   - kinds: names of kinds; others are passed over.
    ///   - limit: how many events of any kind are looked at.
    func page(after position: EventPosition, kinds: [String], limit: Int) async throws -> EventPage

    /// Calls when there may be something new, for one follower. Some may be lost.
    func calls() -> AsyncStream<Void>
}

/// A part of the outbox, all of one moment.
public struct EventPage: Sendable {
    /// Events of the wanted kinds, in order; the settled ones come first.
    public let events: [Event]
    /// The last event that was looked at, of whatever kind; nil when there was none.
    public let last: EventPosition?
    /// The last of them that is settled; nil when none was.
    public let lastSettled: EventPosition?
    /// The number below which all transactions have ended.
    public let horizon: UInt64
    /// Up to where old events have been removed.
    public let floor: EventPosition
    /// Whether there were no more than these.
    public let isLast: Bool

    /// Gathers a part.
    public init(
        events: [Event], last: EventPosition?, lastSettled: EventPosition?, horizon: UInt64, floor: EventPosition,
        isLast: Bool
    ) {
        self.events = events
        self.last = last
        self.lastSettled = lastSettled
        self.horizon = horizon
        self.floor = floor
        self.isLast = isLast
    }
}
