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
            let isOutdated =
                error.code == .invalidStatementName
                || error.code == .featureNotSupported && error.message.contains("cached plan")
            guard isOutdated, let name = statements.remove(key) else { throw error }
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
            // One buffer for all values: the pointers into it live as long as the call.
            var buffer: [UInt8] = []
            var offsets: [Int?] = []
            for bind in binds {
                offsets.append(bind.bytes == nil ? nil : buffer.count)
                buffer += bind.bytes ?? []
            }
            // An empty value needs an address too, or it would be NULL.
            buffer.append(0)
            return buffer.withUnsafeBytes { bytes in
                let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                let values = offsets.map { offset in offset.flatMap { base?.advanced(by: $0) } }
                return PQexecPrepared(
                    raw, name, Int32(binds.count), values, binds.map { Int32($0.bytes?.count ?? 0) },
                    [Int32](repeating: 1, count: binds.count), 1)
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
