import CPostgres

/// What a transaction sees of others (PostgreSQL documentation, 13.2).
public enum Isolation: String, Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other.
    case serializable = "SERIALIZABLE"
}

extension Connection {
    /// Runs a body in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// Role and settings hold for this transaction only and are sent with BEGIN in one round trip. Throws
    /// a ``PostgresError`` of kind `usage` within another transaction, else what the body or COMMIT throws.
    public func transaction<R>(
        isolation: Isolation = .readCommitted, readOnly: Bool = false, role: String? = nil,
        settings: [LocalSetting] = [], _ body: (isolated Connection) throws -> R
    ) throws -> R {
        guard PQtransactionStatus(try raw("transaction")) == PQTRANS_IDLE else {
            throw PostgresError(.usage, operation: "transaction", message: "a transaction is already open")
        }
        do {
            try executeScript(unsafe: try opening(isolation, readOnly, role, settings))
            let value = try body(self)
            try commit()
            return value
        } catch {
            rollBackIfOpen()
            throw error
        }
    }

    private func opening(
        _ isolation: Isolation, _ readOnly: Bool, _ role: String?, _ settings: [LocalSetting]
    ) throws(PostgresError) -> String {
        var script = "BEGIN ISOLATION LEVEL \(isolation.rawValue) \(readOnly ? "READ ONLY" : "READ WRITE")"
        if let role { script += "; SET LOCAL ROLE \(try quoted(identifier: role))" }
        if !settings.isEmpty {
            var calls: [String] = []
            for setting in settings {
                calls.append("set_config(\(try quoted(setting.name)), \(try quoted(setting.value)), true)")
            }
            script += "; SELECT " + calls.joined(separator: ", ")
        }
        return script
    }

    private func commit() throws(PostgresError) {
        // COMMIT of a failed transaction answers ROLLBACK and is no error to the server.
        guard PQtransactionStatus(try raw("commit")) == PQTRANS_INTRANS else {
            throw PostgresError(
                .usage, operation: "commit", message: "the body swallowed an error or ended the transaction itself",
                code: .inFailedTransaction)
        }
        try executeScript(unsafe: "COMMIT")
    }

    /// Ends an open transaction, also after a cancellation; a connection that cannot do it is closed.
    func rollBackIfOpen() {
        guard let raw = handle?.raw, PQtransactionStatus(raw) != PQTRANS_IDLE else { return }
        do {
            _ = try perform("rollback", limit: Self.shortLimit, heedsLease: false) { PQexec($0, "ROLLBACK") }
        } catch {
            close()
        }
    }

    func quoted(_ text: String) throws(PostgresError) -> String {
        guard let quoted = try handle?.literal(text) else { throw closed }
        return quoted
    }

    func quoted(identifier: String) throws(PostgresError) -> String {
        guard let quoted = try handle?.identifier(identifier) else { throw closed }
        return quoted
    }

    private var closed: PostgresError {
        PostgresError(.connectionLost, operation: "quote", message: "the connection is closed")
    }
}
