import HTTPKit

/// What an instance can serve at this moment, part by part.
///
/// It is ready while it can answer searches, which it does from its own memory: a database or a cache that is away, or
/// a feed that lags, makes all instances alike, and a balancer that took them all away would leave nobody to answer.
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
}

extension Readiness {
    /// What the state is told as.
    static let shape = Shape<Readiness>(
        [
            Property("ready", .boolean) { $0.isReady },
            Property("parts", parts) { $0 },
        ])

    static let parts = Shape<Readiness>([
        Property("search", search) { $0 },
        Property("availability", availability) { $0 },
        Property("bookings", ok) { $0.isDatabaseAnswering },
        .optional("cache", ok) { $0.isCacheHealthy },
    ])

    private static let search = Shape<Readiness>([
        Property("ok", .boolean) { $0.isDirectoryLoaded },
        Property("up_to_date", .boolean) { $0.isFeedHealthy && $0.lagSeconds < 2 },
        Property("index_lag_s", .decimal(0...Double(Int32.max))) { ($0.lagSeconds * 1_000).rounded() / 1_000 },
    ])

    private static let availability = Shape<Readiness>([
        Property("ok", .boolean) { $0.areCalendarsCurrent || $0.isDatabaseAnswering },
        Property("from_memory", .boolean) { $0.areCalendarsCurrent },
    ])

    private static let ok = Shape<Bool>([Property("ok", .boolean) { $0 }])
}
