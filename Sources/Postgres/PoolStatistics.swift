/// Numbers for metrics.
public struct PoolStatistics: Sendable, Hashable {
    /// Open connections, lent ones and attempts included.
    public let open: Int
    /// Connections nobody uses.
    public let idle: Int
    /// Callers in the queue.
    public let waiting: Int
    /// Callers that ever had to queue.
    public let waits: Int
    /// Callers that gave up at their deadline.
    public let timeouts: Int
    /// How often the database came back.
    public let reconnects: Int
    /// Whether the last attempt to connect succeeded, or none was made.
    public let isHealthy: Bool
    /// The message of the failed last attempt.
    public let lastFailure: String?
}
