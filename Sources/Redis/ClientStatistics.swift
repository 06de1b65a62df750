/// A client's numbers for metrics; counts are since the client was made.
public struct ClientStatistics: Sendable, Hashable {
    /// Where the breaker stands.
    public enum Circuit: String, Sendable, Hashable {
        /// Calls go to the server.
        case closed
        /// Calls fail at once.
        case open
        /// Calls fail at once while a probe is under way.
        case halfOpen
    }

    /// Where the breaker stands.
    public internal(set) var circuit = Circuit.closed
    /// Commands that were answered, errors of the server included.
    public internal(set) var commands = 0
    /// Commands that wait for a connection or an answer.
    public internal(set) var inFlight = 0
    /// Round trips and attempts to connect that failed, timeouts included.
    public internal(set) var failures = 0
    /// Round trips that took too long, the first on a new connection included.
    public internal(set) var timeouts = 0
    /// Calls that failed because they waited too long for a connection.
    public internal(set) var expired = 0
    /// Calls that were refused because too many waited.
    public internal(set) var overloads = 0
    /// How often the breaker opened from being closed.
    public internal(set) var openings = 0
    /// Connections that were made.
    public internal(set) var connects = 0
    /// Connections that were made after a failure or an end of one.
    public internal(set) var reconnects = 0
}
