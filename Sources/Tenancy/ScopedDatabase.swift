public import Logging
public import Postgres
import Salons
public import ServiceLifecycle

/// The only way to the database: every piece of work runs in a transaction with its scope's role and tenant.
///
/// Connections begin as a role that can read nothing, so that a statement that slips past a scope is refused by
/// PostgreSQL, not answered with everyone's rows.
public final class ScopedDatabase: Service {
    /// The channel that tells of new events in the outbox.
    public static let outboxChannel = "salons_outbox"
    /// The channel that tells of keys and hosts that were made or ended.
    public static let credentialChannel = "salons_credentials"

    let pool: Pool
    let signal: OutboxSignal

    /// Opens connections as they are needed; the login role must be a member of `salons_app`.
    public init(_ configuration: Configuration, logger: Logger) {
        var configuration = configuration
        configuration.initialRole = "salons_app"
        let pool = Pool(configuration, logger: logger)
        self.pool = pool
        signal = OutboxSignal(send: {
            // Outside of any writing transaction: NOTIFY in it would make all commits of the cluster wait for each
            // other.
            _ = try? await pool.withConnection { connection in
                try connection.execute("SELECT pg_notify(\(Self.outboxChannel), '')")
            }
        })
    }

    /// The pool's figures.
    public var statistics: PoolStatistics { pool.statistics }

    /// Runs until graceful shutdown.
    public func run() async throws {
        try await pool.run()
    }

    /// Closes all connections, after the followers were told of what was written last.
    public func shutdown() async {
        await signal.flush()
        await pool.shutdown()
    }

    /// Reads in a scope. The body runs as one turn of a connection, in a read-only transaction.
    public func read<R: Sendable>(
        _ scope: TenantScope, isolation: Isolation = .readCommitted,
        _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> R {
        let (role, settings) = Self.opening(scope)
        return try await pool.withConnection { connection in
            try connection.transaction(
                isolation: isolation, readOnly: true, role: role, settings: settings
            ) { try body($0) }
        }
    }

    /// Writes in a tenant's scope, then wakes the instances that follow the outbox.
    ///
    /// Throws `TenancyError.marketplaceIsReadOnly` for the marketplace. The wake-up is on its way when this returns:
    /// at once after a quiet time, within some milliseconds among many writes. Whoever misses it finds the change at
    /// the next poll.
    public func write<R: Sendable>(
        _ scope: TenantScope, _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> R {
        guard scope.tenant != nil else { throw TenancyError.marketplaceIsReadOnly }
        let (role, settings) = Self.opening(scope)
        let value = try await pool.withConnection { connection in
            try connection.transaction(role: role, settings: settings) { try body($0) }
        }
        signal.call()
        return value
    }

    /// Works for the platform itself; what takes longer than `timeLimit` fails with `statementTimeout`, or with
    /// `connectionLost` if the database does not even answer to that.
    public func platform<R: Sendable>(
        _ access: PlatformAccess, isolation: Isolation = .readCommitted, readOnly: Bool = false,
        timeLimit: Duration? = nil, _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> R {
        try await pool.withConnection(timeLimit: timeLimit) { connection in
            try connection.transaction(
                isolation: isolation, readOnly: readOnly, role: access.duty.rawValue
            ) { try body($0) }
        }
    }

    /// Runs without a scope, as the role that can read nothing: for checks of reachability.
    public func unscoped<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
        try await pool.withConnection(body)
    }

    static func opening(_ scope: TenantScope) -> (role: String, settings: [LocalSetting]) {
        switch scope.audience {
        case .marketplace: ("salons_marketplace", [])
        case .tenant(let id):
            (
                "salons_tenant",
                [LocalSetting(name: "app.tenant_id", value: id.description)]
                    // Whoever is not said to be the operator is a customer.
                    + (scope.actor == .operator ? [LocalSetting(name: "app.actor", value: "operator")] : [])
            )
        }
    }
}
