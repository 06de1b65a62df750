/// How long a service is loaded, and beside what.
public struct SoakPlan: Sendable {
    /// Seconds of load.
    public var seconds: Double
    /// Decides what clients ask for.
    public var seed: UInt64
    /// Connections at the same time.
    public var clients: Int
    /// The program `salons`, as it was built.
    public var program: String
    /// Invented salons.
    public var salons: Int
    /// The directory of the migrations and functions.
    public var migrations: String
    /// Where the service and its servers keep their data.
    public var directory: String

    /// Describes a run.
    public init(
        seconds: Double, seed: UInt64, clients: Int = 16, program: String, salons: Int = 300, migrations: String,
        directory: String
    ) {
        self.seconds = seconds
        self.seed = seed
        self.clients = clients
        self.program = program
        self.salons = salons
        self.migrations = migrations
        self.directory = directory
    }
}
