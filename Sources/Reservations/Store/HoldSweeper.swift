import Logging
import Postgres
public import ServiceLifecycle
public import Tenancy
import Timing

/// Ends holds whose time is over, once a second, so that their time is offered again. Any number of instances may do
/// it.
public struct HoldSweeper: Service {
    private let database: ScopedDatabase
    private let interval: Duration

    /// Works on this database.
    public init(_ database: ScopedDatabase, interval: Duration = .seconds(1)) {
        self.database = database
        self.interval = interval
    }

    /// Runs until graceful shutdown. Without the database nothing is swept, and a booking ends the holds in its own
    /// way.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                _ = try? await sweep()
                try? await Pause.sleep(for: interval)
            }
        }
    }

    /// Ends what is over now; how many holds that were.
    public func sweep() async throws -> Int {
        var total = 0
        while true {
            let count = try await database.platformOnce(.administration(), "SELECT sweep_holds(500)")[0]
                .decode(Int32.self)
            total += Int(count)
            if count < 500 { return total }
        }
    }
}
