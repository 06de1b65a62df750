/// What an instance can serve at this moment, part by part.
///
/// It is ready while it can answer searches, which it does from its own memory: a database or a cache that is away, or a
/// feed that lags, makes all instances alike, and a balancer that took them all away would leave nobody to answer.
public struct Readiness: Sendable {
    /// The directory has been loaded: searches are answered.
    public var isDirectoryLoaded: Bool
    /// The database's last answer to the feed is young, so what is searched is up to date.
    public var isFeedHealthy: Bool
    /// Age of the oldest change that answers do not yet show, or of the database's last answer, in seconds.
    public var lagSeconds: Double
    /// Calendars in memory are up to date; without that, availability is asked of the database.
    public var areCalendarsCurrent: Bool
    /// The database answers: slots, holds and bookings are served.
    public var isDatabaseAnswering: Bool
    /// The cache answers; its absence slows answers down. Nil without a cache.
    public var isCacheHealthy: Bool?

    /// Gathers the state.
    public init(
        isDirectoryLoaded: Bool, isFeedHealthy: Bool, lagSeconds: Double, areCalendarsCurrent: Bool,
        isDatabaseAnswering: Bool, isCacheHealthy: Bool?
    ) {
        self.isDirectoryLoaded = isDirectoryLoaded
        self.isFeedHealthy = isFeedHealthy
        self.lagSeconds = lagSeconds
        self.areCalendarsCurrent = areCalendarsCurrent
        self.isDatabaseAnswering = isDatabaseAnswering
        self.isCacheHealthy = isCacheHealthy
    }

    /// Whether a balancer should send requests here.
    public var isReady: Bool { isDirectoryLoaded }

    var document: JSONValue {
        let lag = JSONValue.number((lagSeconds * 1_000).rounded() / 1_000)
        var parts: [(String, JSONValue)] = [
            (
                "search",
                .object([
                    ("ok", .bool(isDirectoryLoaded)), ("up_to_date", .bool(isFeedHealthy && lagSeconds < 2)),
                    ("index_lag_s", lag),
                ])
            ),
            (
                "availability",
                .object([
                    ("ok", .bool(areCalendarsCurrent || isDatabaseAnswering)),
                    ("from_memory", .bool(areCalendarsCurrent)),
                ])
            ),
            ("bookings", .object([("ok", .bool(isDatabaseAnswering))])),
        ]
        if let isCacheHealthy { parts.append(("cache", .object([("ok", .bool(isCacheHealthy))]))) }
        return .object([("ready", .bool(isReady)), ("parts", .object(parts))])
    }
}
