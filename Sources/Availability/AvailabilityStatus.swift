public import Events
public import Foundation

/// How a board and its feed are doing; counts are since the start.
public struct AvailabilityStatus: Sendable {
    /// Whether the feed was heard lately.
    public var isHealthy: Bool
    /// The last event that is surely followed by nothing earlier.
    public var position: EventPosition?
    /// The instant for which answers from memory hold.
    public var asOf: Date
    /// Seconds since then; what a poll takes and the time between two, in good times.
    public var lag: TimeInterval
    /// Seconds from the writing of the last event until it was acted on; the clocks of two machines may differ.
    public var delay: TimeInterval
    /// Salons in memory, those known to have no calendar included.
    public var entries: Int
    /// Looks at memory that found an answer.
    public var hits: Int
    /// Looks that did not.
    public var misses: Int
    /// Entries that made room for others.
    public var evictions: Int
    /// Entries, or parts of one, that were dropped because they had become stale.
    public var staleDrops: Int
    /// Sheets found in Redis.
    public var sharedHits: Int
    /// Sheets not found there.
    public var sharedMisses: Int
    /// Loads.
    public var loads: Int
    /// How often a caller joined a load that another had asked for.
    public var joins: Int
    /// How often everything was forgotten because events may have been missed.
    public var restarts: Int
}

/// What the follower of the feed tells of itself.
struct FeedProgress: Sendable {
    var isHealthy = false
    var position: EventPosition?
    var asOf = Date.distantPast
    var delay: TimeInterval = 0
    var restarts = 0
}
