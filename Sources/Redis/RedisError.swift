/// What went wrong between this process and Redis.
///
/// A cache's caller can treat every kind but `usage` as a miss.
public struct RedisError: Error, Sendable, Equatable {
    /// Which side failed, and how; enough to choose a reaction.
    public enum Kind: String, Sendable, Hashable {
        /// No answer in time; whether the commands took effect is unknown.
        case timeout
        /// Not sent: no connection can be made, the breaker is open, or the client is shut down.
        case unavailable
        /// The connection broke; whether the commands took effect is unknown.
        case connectionLost
        /// What came back is not RESP2, or answers no command.
        case `protocol`
        /// The server refused: the password, the database, or a command of which only the value was asked.
        case server
        /// Not sent: too many commands wait already.
        case overloaded
        /// The call or the configuration itself is wrong.
        case usage
    }

    /// The side and manner of the failure.
    public let kind: Kind
    /// What was being done, such as `GET`, without arguments.
    public let operation: String
    /// The server's or hiredis's text; the server's can quote keys and values, and stays out of ``description``.
    public let message: String

    init(_ kind: Kind, operation: String, message: String) {
        self.kind = kind
        self.operation = operation
        self.message = message
    }

    /// The first word of a server's message, such as `WRONGTYPE`, by which Redis names its errors.
    public var code: String? {
        guard kind == .server, let word = message.split(separator: " ", maxSplits: 1).first else { return nil }
        return word.utf8.allSatisfy { (0x41...0x5A).contains($0) } ? String(word) : nil
    }
}

extension RedisError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Kind, operation and the server's code, or the message where it is not the server's: fit for any log.
    public var description: String {
        let text = "redis \(operation): \(kind.rawValue)"
        return switch kind {
        case .server: code.map { "\(text) \($0)" } ?? text
        // hiredis quotes the byte at which it stumbled, which can be one of a value.
        case .protocol: text
        default: "\(text): \(message)"
        }
    }

    /// All there is, with what may be private.
    public var debugDescription: String { "redis \(operation): \(kind.rawValue): \(message)" }
}

/// A failure of a connection, which each command that it hits reports under its own name.
struct ConnectionFailure: Error {
    let kind: RedisError.Kind
    let message: String

    func error(during operation: String) -> RedisError {
        RedisError(kind, operation: operation, message: message)
    }
}
