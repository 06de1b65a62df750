import CPostgres

/// One connection to PostgreSQL, on a thread of its own.
///
/// All methods are synchronous within the actor: a function that is isolated to the connection runs as one turn, and no
/// other task's statement can slip between its statements. Results are in binary format and drained before anything
/// is thrown.
public actor Connection {
    private let executor = QueueExecutor(label: "postgres")
    let configuration: Configuration
    let canceller: Canceller
    var handle: Handle?
    /// How long the server may be silent during one statement; see ``setAnswerLimit(_:)``.
    var answerLimit: Duration?
    var statements: StatementCache

    /// The connection's own serial executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(unconnected configuration: Configuration) {
        self.configuration = configuration
        canceller = Canceller(sending: configuration.cancelling)
        statements = StatementCache(capacity: configuration.statementCacheSize)
        answerLimit = configuration.answerLimit
    }

    /// Connects. Throws a ``PostgresError`` of kind `unavailable`.
    public static func connect(_ configuration: Configuration) async throws(PostgresError) -> Connection {
        let connection = Connection(unconnected: configuration)
        try await connection.open()
        return connection
    }

    private func open() throws(PostgresError) {
        let fresh = try Handle(configuration)
        canceller.adopt(fresh)
        handle = consume fresh
        answerLimit = configuration.connectTimeout
        defer { answerLimit = configuration.answerLimit }
        // An exchange has no BEGIN that could name its isolation, and a role or database can have a default of its own.
        try executeScript(
            unsafe: """
                SET statement_timeout = \(max(0, configuration.statementTimeout.milliseconds));
                SET default_transaction_isolation = 'read committed'
                """)
    }

    /// Closes; later statements fail with `connectionLost`.
    public func close() {
        handle = nil
        canceller.release()
    }

    /// Sets how long the server may be silent during a statement before the connection is given up, until the end of
    /// the lease; nil is without limit. Normally it is the statement timeout and a little more: it is for servers that
    /// hang and cannot keep their own.
    public func setAnswerLimit(_ limit: Duration?) { answerLimit = limit }

    /// Whether the connection can serve another caller: whole, and in no transaction.
    var isReusable: Bool {
        guard let raw = handle?.raw else { return false }
        return PQstatus(raw) == CONNECTION_OK && PQtransactionStatus(raw) == PQTRANS_IDLE
    }

    func raw(_ operation: String) throws(PostgresError) -> OpaquePointer {
        guard let raw = handle?.raw else {
            throw PostgresError(.connectionLost, operation: operation, message: "the connection is closed")
        }
        return raw
    }

    /// Runs one statement and returns its rows.
    public func query(_ sql: SQL) throws(PostgresError) -> Rows {
        let result = try run(sql, operation: "query")
        return result.rows()
    }

    /// Runs one statement and returns how many rows it changed.
    @discardableResult
    public func execute(_ sql: SQL) throws(PostgresError) -> Int {
        let result = try run(sql, operation: "execute")
        return result.affected
    }

    /// Runs several statements in one round trip, as one transaction unless the text says otherwise; for migrations.
    /// The caller answers for every character.
    public func executeScript(unsafe text: String) throws(PostgresError) {
        let result = try perform("script") { PQexec($0, text) }
        if result.isCopy {
            close()
            throw PostgresError(.usage, operation: "script", message: "a COPY needs copyIn or copyOut")
        }
    }

    /// Sends one command while a cancellation may reach it.
    func perform(
        _ operation: String, limit: Duration? = nil, heedsLease: Bool = true,
        _ body: (OpaquePointer) -> OpaquePointer?
    ) throws(PostgresError) -> ResultHandle {
        let raw = try raw(operation)
        try canceller.arm(operation, limit: limit ?? answerLimit, heedsLease: heedsLease)
        let result = ResultHandle(body(raw))
        let reason = canceller.disarm()
        if result.isFailure { throw failure(of: result, operation: operation, reason: reason) }
        return result
    }

    /// The error a failed result stands for.
    func failure(
        of result: borrowing ResultHandle, operation: String, reason: PostgresError.Kind?
    ) -> PostgresError {
        let code = result.field(Int32(UInt8(ascii: "C"))).map { SQLState(rawValue: $0) }
        let libpq = handle?.errorMessage ?? "closed"
        let message = result.field(Int32(UInt8(ascii: "M"))) ?? libpq
        let isBroken = handle?.isBroken ?? true
        var kind = PostgresError.Kind.server
        if isBroken {
            kind = .connectionLost
        } else if code == .queryCanceled {
            kind = reason ?? .statementTimeout
        }
        return PostgresError(
            kind, operation: operation, message: message, code: code, detail: result.field(Int32(UInt8(ascii: "D"))),
            constraint: result.field(Int32(UInt8(ascii: "n"))))
    }
}
