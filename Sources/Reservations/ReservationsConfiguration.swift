/// How patient the module is.
public struct ReservationsConfiguration: Sendable {
    /// How long one attempt waits for one lock before it is tried anew.
    public var lockTimeout: Duration = .seconds(2)
    /// How long one statement may take, waits included.
    public var statementTimeout: Duration = .seconds(8)
    /// How long a request is tried anew with its key when the database is away or gives up.
    public var patience: Duration = .seconds(8)
    /// The pause before the second attempt; it doubles, with jitter.
    public var firstPause: Duration = .milliseconds(15)
    /// Requests for one salon that may be in the database at a time; others wait here, without a connection.
    public var concurrentPerSalon = 4
    /// How long a salon that was found published is taken to be so.
    public var scopeLifetime: Duration = .seconds(5)
    /// Rosters kept in the process, so that a booking needs one round trip.
    public var rosterCapacity = 4_096

    /// The defaults.
    public init() {}
}
