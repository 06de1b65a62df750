/// What a run does; the seed decides everything in it but the timing of threads and of PostgreSQL.
public struct TorturePlan: Sendable {
    /// Requests in all.
    public var attempts: Int
    /// Decides each client's wishes.
    public var seed: UInt64
    /// Who ask at the same time.
    public var clients: Int
    /// Seconds between two kills of PostgreSQL; 0 leaves it alone.
    public var killInterval: Double
    /// The protocol as it is, or a broken one.
    public var sabotage: Sabotage?
    /// Where PostgreSQL keeps its data for the run.
    public var directory: String
    /// The directory of the migrations and functions.
    public var migrations: String

    /// Describes a run.
    public init(
        attempts: Int, seed: UInt64, clients: Int = 32, killInterval: Double = 5, sabotage: Sabotage? = nil,
        directory: String, migrations: String
    ) {
        self.attempts = attempts
        self.seed = seed
        self.clients = clients
        self.killInterval = killInterval
        self.sabotage = sabotage
        self.directory = directory
        self.migrations = migrations
    }
}
