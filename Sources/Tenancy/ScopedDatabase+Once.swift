public import Postgres

extension ScopedDatabase {
    /// Reads with one statement, in one network round trip: a read-only transaction in a scope, as `read` makes.
    ///
    /// - Parameters:
    ///   - scope: whose data the statement sees.
    ///   - statement: what is asked.
    ///   - timeout: how long the statement may run, if not as long as any other; then it fails with `statementTimeout`.
    public func readOnce(
        _ scope: TenantScope, _ statement: SQL, timeout: Duration? = nil
    ) async throws -> Rows {
        let (role, settings) = Self.opening(scope, lockTimeout: nil, statementTimeout: timeout)
        return try await pool.withConnection { connection in
            try connection.exchange(statement, readOnly: true, role: role, settings: settings)
        }
    }

    /// Reads with several statements in one network round trip and returns the rows of each; otherwise as the form for
    /// one. READ COMMITTED: a later statement may see what was committed after an earlier one.
    public func readOnce(
        _ scope: TenantScope, _ statements: [SQL], timeout: Duration? = nil
    ) async throws -> [Rows] {
        let (role, settings) = Self.opening(scope, lockTimeout: nil, statementTimeout: timeout)
        return try await pool.withConnection { connection in
            try connection.exchange(statements, readOnly: true, role: role, settings: settings)
        }
    }

    /// Works for the platform itself with one statement, in one network round trip; otherwise as `platform`.
    public func platformOnce(
        _ access: PlatformAccess, timeLimit: Duration? = nil, _ statement: SQL
    ) async throws -> Rows {
        try await pool.withConnection(timeLimit: timeLimit) { connection in
            try connection.exchange(statement, role: access.duty.rawValue)
        }
    }

    /// Writes with one statement, in one network round trip: a transaction in a tenant's scope, as `write` makes, and
    /// the wake-up after it. READ COMMITTED.
    ///
    /// Throws `TenancyError.marketplaceIsReadOnly` for the marketplace. After a `PostgresError` nothing was written,
    /// unless it is a `connectionLost`, which leaves that open.
    /// - Parameters:
    ///   - scope: in whose name is written.
    ///   - statement: what is to be done.
    ///   - lockTimeout: how long a lock may be waited for, if not without limit; then it fails with `lockNotAvailable`.
    ///   - statementTimeout: how long the statement may run, if not as long as any other.
    public func writeOnce(
        _ scope: TenantScope, _ statement: SQL, lockTimeout: Duration? = nil, statementTimeout: Duration? = nil
    ) async throws -> Rows {
        try await writing(scope, lockTimeout, statementTimeout) { connection, role, settings in
            try connection.exchange(statement, role: role, settings: settings)
        }
    }

    /// Writes with several statements in one transaction and one network round trip, and returns the rows of each;
    /// otherwise as the form for one. No statement is sent later than another, so none can use another's rows.
    public func writeOnce(
        _ scope: TenantScope, _ statements: [SQL], lockTimeout: Duration? = nil, statementTimeout: Duration? = nil
    ) async throws -> [Rows] {
        try await writing(scope, lockTimeout, statementTimeout) { connection, role, settings in
            try connection.exchange(statements, role: role, settings: settings)
        }
    }

    private func writing<R: Sendable>(
        _ scope: TenantScope, _ lockTimeout: Duration?, _ statementTimeout: Duration?,
        _ exchange: @Sendable (isolated Connection, String, [LocalSetting]) throws -> R
    ) async throws -> R {
        guard scope.tenant != nil else { throw TenancyError.marketplaceIsReadOnly }
        let (role, settings) = Self.opening(scope, lockTimeout: lockTimeout, statementTimeout: statementTimeout)
        let value = try await pool.withConnection { try exchange($0, role, settings) }
        signal.call()
        return value
    }

    private static func opening(
        _ scope: TenantScope, lockTimeout: Duration?, statementTimeout: Duration?
    ) -> (role: String, settings: [LocalSetting]) {
        let (role, settings) = opening(scope)
        let limits = [lockTimeout.map(LocalSetting.lockTimeout), statementTimeout.map(LocalSetting.statementTimeout)]
        return (role, settings + limits.compactMap { $0 })
    }
}
