import CPostgres

extension Connection {
    /// Runs statements as one transaction in one network round trip, and returns the rows of each.
    ///
    /// Everything is sent before the first answer is read: role and settings, which hold for this transaction only,
    /// then the statements, of which those not yet prepared are prepared on the way, then the commit. A later statement
    /// can therefore not depend on an earlier one's rows. The isolation is READ COMMITTED: each statement sees what was
    /// committed before it began.
    ///
    /// Throws the ``PostgresError`` of the first statement that failed, or of the commit; nothing is left behind then,
    /// and the connection can be used on. After `connectionLost` it is unknown whether the transaction was committed.
    /// Kind `usage` is thrown within another transaction and for a COPY, BEGIN or the like.
    public func exchange(
        _ statements: [SQL], readOnly: Bool = false, role: String? = nil, settings: [LocalSetting] = []
    ) throws(PostgresError) -> [Rows] {
        guard PQstatus(try raw("exchange")) == CONNECTION_OK else {
            throw PostgresError(.connectionLost, operation: "exchange", message: "the connection is broken")
        }
        guard isReusable else { throw Self.misuse("a transaction is already open") }
        let opening = Self.opening(readOnly, role, settings)
        let calls = (opening.map { [$0] } ?? []).map(Pipeline.Call.init) + statements.map(Pipeline.Call.init)
        guard calls.allSatisfy({ $0.binds.count <= UInt16.max }) else { throw Self.misuse("too many parameters") }
        let limit = Self.answerLimit(settings) ?? answerLimit
        var rows: [Rows]
        do {
            rows = try run(calls, limit: limit)
        } catch {
            guard error.isOfOutdatedStatement, isReusable else { throw error }
            // All of it was rolled back, so all of it can be repeated. Which statements are lost besides the first that
            // failed is not known.
            for call in calls { self.statements.discard(call.key) }
            rows = try run(calls, limit: limit)
        }
        if opening != nil { rows.removeFirst() }
        return rows
    }

    /// Runs one statement as a transaction in one network round trip; otherwise as the form for several.
    public func exchange(
        _ statement: SQL, readOnly: Bool = false, role: String? = nil, settings: [LocalSetting] = []
    ) throws(PostgresError) -> Rows {
        let rows = try exchange([statement], readOnly: readOnly, role: role, settings: settings)
        guard let only = rows.first else { throw Self.misuse("no answer") }
        return only
    }

    /// The statement that sets role and settings. The implicit transaction of a pipeline knows no `SET LOCAL`.
    private static func opening(_ readOnly: Bool, _ role: String?, _ settings: [LocalSetting]) -> SQL? {
        var calls: [SQL] = []
        if readOnly { calls.append("set_config('transaction_read_only', 'on', true)") }
        if let role { calls.append("set_config('role', \(role), true)") }
        for setting in settings { calls.append("set_config(\(setting.name), \(setting.value), true)") }
        guard let first = calls.first else { return nil }
        return "SELECT " + calls.dropFirst().reduce(first) { $0 + ", " + $1 }
    }

    /// What follows from a statement timeout among the settings.
    private static func answerLimit(_ settings: [LocalSetting]) -> Duration? {
        settings.last { $0.name == LocalSetting.statementTimeoutName }.flatMap { Int64($0.value) }
            .flatMap { $0 > 0 ? .milliseconds($0) + Configuration.answerMargin : nil }
    }

    private func run(_ calls: [Pipeline.Call], limit: Duration?) throws(PostgresError) -> [Rows] {
        let raw = try raw("exchange")
        try canceller.arm("exchange", limit: limit)
        let pipeline = Pipeline(calls, statements: &statements)
        let isSent = PQenterPipelineMode(raw) == 1 && pipeline.steps.allSatisfy { $0.send(to: raw) }
        var answer = Answer()
        if isSent { read(&answer, of: pipeline, from: raw) }
        statements.trim()
        let reason = canceller.disarm()
        let isBroken = PQstatus(raw) != CONNECTION_OK
        let libpq = handle?.errorMessage ?? ""
        // Without its sync, half a pipeline is rolled back when the connection is closed.
        if isBroken || !isSent || !answer.isComplete || PQexitPipelineMode(raw) != 1 { close() }
        if let failure = answer.failure {
            if handle == nil { throw failure.with(kind: .connectionLost) }
            if failure.kind == .statementTimeout, let reason { throw failure.with(kind: reason) }
            throw failure
        }
        if answer.isCopy { throw Self.misuse("a COPY needs copyIn or copyOut") }
        guard handle != nil else {
            throw PostgresError(.connectionLost, operation: "exchange", message: libpq)
        }
        guard isReusable else {
            rollBackIfOpen()
            throw Self.misuse("a statement opened a transaction")
        }
        return answer.rows
    }

    /// What came back, in the order of the steps.
    private struct Answer {
        var rows: [Rows] = []
        var failure: PostgresError?
        var isCopy = false
        var isComplete = false
    }

    /// Reads all answers, whatever they are, so that the next statement does not find them.
    private func read(_ answer: inout Answer, of pipeline: Pipeline, from raw: OpaquePointer) {
        var rest = pipeline.steps[...]
        var pauses = 0
        while let step = rest.first {
            let result = ResultHandle(PQgetResult(raw))
            guard result.raw != nil else {
                // Each step but a sync ends with such a pause; several in a row would mean that nothing more comes.
                pauses += 1
                guard pauses < 3 else { return }
                if case .sync = step { continue }
                rest.removeFirst()
                continue
            }
            pauses = 0
            if result.isFailure {
                if case .deallocate = step, PQstatus(raw) == CONNECTION_OK { continue }
                answer.failure = answer.failure ?? failure(of: result, operation: "exchange", reason: nil)
                guard PQstatus(raw) == CONNECTION_OK else { return }
                continue
            }
            if result.isCopy {
                answer.isCopy = true
                return
            }
            if result.status == PGRES_PIPELINE_ABORTED { continue }
            switch step {
            case .deallocate: break
            case .prepare(let key, let name): statements.insert(key, name: name)
            case .run: answer.rows.append(result.rows())
            case .sync:
                guard result.status == PGRES_PIPELINE_SYNC else { return }
                rest.removeFirst()
            }
        }
        answer.isComplete = true
    }

    private static func misuse(_ message: String) -> PostgresError {
        PostgresError(.usage, operation: "exchange", message: message)
    }
}
