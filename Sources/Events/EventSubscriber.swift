public import Foundation

/// Keeps something in memory that events tell to change: what an ``EventFollower`` works for.
public protocol EventSubscriber {
    /// Reads anew all that is kept: at first, and again whenever events may have been missed. Every event after
    /// `position` will be told; what happened before it can be read now.
    /// - Parameter asked: when the position was asked for, by the follower's clock.
    mutating func load(from position: EventPosition, asked: Date) async throws

    /// Acts on events, and hears that there were none. An event can be told again after a ``load(from:asked:)``.
    mutating func apply(_ batch: EventBatch) async throws

    /// Hears that the database does not answer, or that it failed in one of the calls above. What is kept stays.
    mutating func failed()
}

/// What a look at the outbox has brought for one subscriber.
public struct EventBatch: Sendable {
    /// Those that were not told before, in order.
    public let events: [Event]
    /// Everything up to here has been told, and nothing can appear before it any more.
    public let position: EventPosition
    /// When the oldest event was written that is committed but not told, because an older transaction still runs; nil
    /// when there is none.
    public let oldestWithheld: Date?
    /// When the outbox was asked, by the follower's clock.
    public let asked: Date
    /// Whether nothing more is there for now.
    public let isLast: Bool

    /// Gathers what a look has brought.
    public init(events: [Event], position: EventPosition, oldestWithheld: Date?, asked: Date, isLast: Bool) {
        self.events = events
        self.position = position
        self.oldestWithheld = oldestWithheld
        self.asked = asked
        self.isLast = isLast
    }
}
