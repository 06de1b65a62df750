/// Limits of a board; the defaults are meant for production.
public struct AvailabilityConfiguration: Sendable {
    /// Salons in memory at most.
    public var capacity = 50_000
    /// Days of a salon that stay in memory; a longer stretch is answered and then forgotten.
    public var residentDays = 17
    /// Days that are loaded even if fewer are asked for, so that the next question finds them.
    public var minimumDays = 2
    /// Days that a window may have.
    public var maximumDays = 100
    /// Loads from the database at the same time.
    public var concurrentLoads = 4
    /// Salons of one load.
    public var batchLimit = 512
    /// How long a sheet stays in Redis.
    public var sheetLifetime: Duration = .seconds(3600)
    /// Writes to Redis that may be under way; what comes on top is not kept.
    public var concurrentStores = 8
    /// After how long without the feed memory is no longer trusted.
    public var trustLimit: Duration = .seconds(5)

    /// The defaults.
    public init() {}
}
