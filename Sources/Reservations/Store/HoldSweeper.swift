import Postgres
public import Tenancy

/// Ends holds whose time is over, so that their time is offered again. Any number of instances may do it.
public struct HoldSweeper: Sendable {
    private let database: ScopedDatabase

    /// Works on this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
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
