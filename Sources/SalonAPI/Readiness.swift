/// Whether an instance should get traffic, and why not.
public struct Readiness: Sendable {
    /// The directory has been loaded.
    public var isDirectoryLoaded: Bool
    /// The feed follows the database.
    public var isFeedHealthy: Bool
    /// Age of the oldest change that answers do not yet show, in seconds.
    public var lagSeconds: Double
    /// The cache answers; its absence slows answers but does not make an instance unready.
    public var isCacheHealthy: Bool?

    /// Gathers the state.
    public init(isDirectoryLoaded: Bool, isFeedHealthy: Bool, lagSeconds: Double, isCacheHealthy: Bool?) {
        self.isDirectoryLoaded = isDirectoryLoaded
        self.isFeedHealthy = isFeedHealthy
        self.lagSeconds = lagSeconds
        self.isCacheHealthy = isCacheHealthy
    }

    /// Loaded, following, and less than 2 s behind.
    public var isReady: Bool { isDirectoryLoaded && isFeedHealthy && lagSeconds < 2 }

    var document: JSONValue {
        var members: [(String, JSONValue)] = [
            ("ready", .bool(isReady)), ("directory_loaded", .bool(isDirectoryLoaded)),
            ("feed_healthy", .bool(isFeedHealthy)), ("index_lag_s", .number((lagSeconds * 1_000).rounded() / 1_000)),
        ]
        if let isCacheHealthy { members.append(("cache_healthy", .bool(isCacheHealthy))) }
        return .object(members)
    }
}
