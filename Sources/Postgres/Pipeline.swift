import CPostgres

/// What is sent to the server before its answers are read (libpq documentation, "Pipeline Mode").
///
/// The steps up to a `sync` are one transaction: a failed one skips the rest, and `sync` commits or rolls back.
struct Pipeline {
    enum Step {
        /// Forgets a statement that the cache gave up; if the server has done so already, so much the better.
        case deallocate(name: String)
        /// Prepares a statement for the steps after it.
        case prepare(StatementCache.Key, name: String)
        /// Runs a prepared statement.
        case run(name: String, [SQL.Bind])
        case sync

        /// Puts the step into libpq's buffer, which `sync` empties onto the wire.
        func send(to raw: OpaquePointer) -> Bool {
            switch self {
            case .deallocate(let name):
                PQsendQueryParams(raw, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 1) == 1
            case .prepare(let key, let name):
                PQsendPrepare(raw, name, key.text, Int32(key.types.count), key.types) == 1
            case .run(let name, let binds):
                binds.withValues {
                    PQsendQueryPrepared(raw, name, $0.count, $0.addresses, $0.lengths, $0.formats, 1) == 1
                }
            case .sync:
                PQpipelineSync(raw) == 1
            }
        }
    }

    /// A statement that is to run, as the cache knows it.
    struct Call {
        let key: StatementCache.Key
        let binds: [SQL.Bind]

        init(_ sql: SQL) {
            let (text, binds) = sql.rendered()
            self.binds = binds
            key = StatementCache.Key(text: text, types: binds.map(\.type.rawValue))
        }
    }

    let steps: [Step]

    /// Runs the calls as one transaction, after what the cache owes the server.
    init(_ calls: [Call], statements: inout StatementCache) {
        // Each with its own sync: none is part of the transaction, and none can spoil another.
        var steps = statements.takeDiscarded().flatMap { [Step.deallocate(name: $0), .sync] }
        var fresh: [StatementCache.Key: String] = [:]
        for call in calls {
            if let name = statements.name(of: call.key) ?? fresh[call.key] {
                steps.append(.run(name: name, call.binds))
            } else {
                let name = statements.nextName()
                fresh[call.key] = name
                steps += [.prepare(call.key, name: name), .run(name: name, call.binds)]
            }
        }
        self.steps = steps + [.sync]
    }
}
