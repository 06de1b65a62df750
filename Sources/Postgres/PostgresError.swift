/// What went wrong between this process and PostgreSQL.
public struct PostgresError: Error, Sendable {
    /// Which side failed, and how; enough to choose a reaction.
    public enum Kind: String, Sendable, Hashable {
        /// No connection could be made, or the pool is backing off after such a failure.
        case unavailable
        /// The connection broke; whether the statement took effect is unknown.
        case connectionLost
        /// No connection became free before the deadline.
        case poolTimeout
        /// The task was cancelled.
        case cancelled
        /// The statement ran longer than allowed.
        case statementTimeout
        /// A value has not the wanted type.
        case decoding
        /// The server refused the statement; see ``PostgresError/code``.
        case server
        /// The call itself is wrong, such as a transaction in a transaction.
        case usage
    }

    /// The side and manner of the failure.
    public let kind: Kind
    /// The server's code, where the server answered.
    public let code: SQLState?
    /// What was being done, such as `query`, without parameters.
    public let operation: String
    /// The server's or libpq's primary message; it can quote values, so it stays out of ``description``.
    public let message: String
    /// The server's detail, which can quote row data.
    public let detail: String?
    /// The constraint that was violated, if any.
    public let constraint: String?

    init(
        _ kind: Kind, operation: String, message: String, code: SQLState? = nil, detail: String? = nil,
        constraint: String? = nil
    ) {
        self.kind = kind
        self.code = code
        self.operation = operation
        self.message = message
        self.detail = detail
        self.constraint = constraint
    }

    /// Whether the same transaction can succeed when tried anew from its start.
    ///
    /// A lost connection is not among them: its transaction may have been committed.
    public var isRetryable: Bool {
        if kind == .unavailable || kind == .poolTimeout { return true }
        return code == .serializationFailure || code == .deadlockDetected || code == .lockNotAvailable
    }

    /// Whether the statement was prepared but its plan or its name is no longer good for anything.
    var isOfOutdatedStatement: Bool {
        code == .invalidStatementName || code == .featureNotSupported && message.contains("cached plan")
    }

    /// The same failure, of another kind.
    func with(kind: Kind) -> PostgresError {
        PostgresError(
            kind, operation: operation, message: message, code: code, detail: detail, constraint: constraint)
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Kind, operation, code and constraint: fit for any log.
    public var description: String {
        var text = "postgres \(operation): \(kind.rawValue)"
        if let code { text += " \(code)" }
        if let constraint { text += " (\(constraint))" }
        // These messages are this module's own and quote no value.
        if kind == .decoding || kind == .usage || kind == .poolTimeout { text += ": \(message)" }
        return text
    }

    /// All there is, with what may be private.
    public var debugDescription: String {
        description + ": \(message)" + (detail.map { "; \($0)" } ?? "")
    }
}
