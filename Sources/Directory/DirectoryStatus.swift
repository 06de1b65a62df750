/// How the directory is doing: for readiness, metrics and the operator.
public struct DirectoryStatus: Sendable, Hashable {
    /// Whether the first load is done.
    public var isLoaded = false
    /// Published salons in view.
    public var salons = 0
    /// Seconds since the oldest change that is known but not in view was written; while the database is
    /// away or hangs, since it was last heard of.
    public var indexLag = 0.0
    /// Whether the database's last answer was one, and is seconds old at most.
    public var feedHealthy = false
    /// Names the last change that is in view, the same on every instance that has it in view last.
    public var lastChange: String?
    /// Salons that still wait in the small grids to be merged into the base.
    public var overlaySalons = 0
    /// Bytes of the index.
    public var indexBytes = 0
    /// Bytes of positions, identities and rendered cards, stale ones included.
    public var cardBytes = 0
    /// Salons whose opening hours are given but not understood.
    public var unknownHours = 0
    /// Comparisons with the database that were completed.
    public var reconciliations = 0
    /// Salons that such a comparison put right.
    public var repairs = 0
    /// Version of the view.
    public var version: UInt64 = 0
}
