import CPostgres

extension Connection {
    /// Runs a prepared statement, prepared now if it is new.
    func run(_ sql: SQL, operation: String) throws(PostgresError) -> ResultHandle {
        let (text, binds) = sql.rendered()
        let key = StatementCache.Key(text: text, types: binds.map(\.type.rawValue))
        let wasIdle = PQtransactionStatus(try raw(operation)) == PQTRANS_IDLE
        do {
            return try runPrepared(key, binds, operation)
        } catch {
            // A changed table makes the plan useless, a DISCARD the name. Within a transaction the failure has
            // aborted it, so only the next attempt profits.
            guard error.isOfOutdatedStatement, let name = statements.remove(key) else { throw error }
            guard wasIdle else { throw error }
            if error.code == .featureNotSupported { try deallocate(name) }
            return try runPrepared(key, binds, operation)
        }
    }

    private func runPrepared(
        _ key: StatementCache.Key, _ binds: [SQL.Bind], _ operation: String
    ) throws(PostgresError) -> ResultHandle {
        let name = try prepared(key, operation)
        let result = try perform(operation) { raw in
            binds.withValues {
                PQexecPrepared(raw, name, $0.count, $0.addresses, $0.lengths, $0.formats, 1)
            }
        }
        if result.isCopy {
            close()
            throw PostgresError(.usage, operation: operation, message: "a COPY needs copyIn or copyOut")
        }
        return result
    }

    private func prepared(_ key: StatementCache.Key, _ operation: String) throws(PostgresError) -> String {
        if let name = statements.name(of: key) { return name }
        if let evicted = statements.evictIfFull() { try deallocate(evicted) }
        let name = statements.nextName()
        _ = try perform(operation) { PQprepare($0, name, key.text, Int32(key.types.count), key.types) }
        statements.insert(key, name: name)
        return name
    }

    private func deallocate(_ name: String) throws(PostgresError) {
        _ = try perform("deallocate") { PQexec($0, "DEALLOCATE \(name)") }
    }
}
