/// What went wrong between this process and Redis.
public struct RedisError: Error, Sendable, Equatable {
    /// Which side failed, and how; enough to choose a reaction.
    public enum Kind: String, Sendable, Hashable {
        /// The batch was not answered in time; whether its commands took effect is unknown.
        case timeout
        /// Nothing was sent: no connection could be made, the circuit is open, or the client is shut down.
        case unavailable
        /// The connection broke; whether the commands took effect is unknown.
        case connectionLost
        /// The other side does not speak the protocol, or answered what was not asked.
        case protocolViolation
        /// The server refused; see ``RedisError/code``.
        case server
        /// Nothing was sent: too many batches are under way already.
        case overloaded
        /// The call or the configuration itself is wrong.
        case usage
    }

    /// The side and manner of the failure.
    public let kind: Kind
    /// What was being done: `GET`, `batch of 3`, `connect`; never an argument.
    public let operation: String
    /// The server's, the system's or this module's message. A server's message can quote arguments, so that one stays
    /// out of ``description``.
    public let message: String

    init(_ kind: Kind, operation: String, message: String) {
        self.kind = kind
        self.operation = operation
        self.message = message
    }

    /// The word that a server's refusal begins with, such as `WRONGPASS`, `WRONGTYPE` or `ERR`.
    public var code: String? {
        guard kind == .server else { return nil }
        let word = message.prefix { $0 != " " }
        return !word.isEmpty && word.allSatisfy { $0.isASCII && $0.isUppercase } ? String(word) : nil
    }
}

extension RedisError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Kind, operation and cause, without keys, values or passwords: fit for any log.
    public var description: String {
        let text = "redis \(operation): \(kind.rawValue)"
        switch kind {
        case .server: return code.map { "\(text) \($0)" } ?? text
        // hiredis quotes the byte at which it stumbled.
        case .protocolViolation: return text
        default: return "\(text): \(message)"
        }
    }

    /// All there is, with what may be private.
    public var debugDescription: String { "redis \(operation): \(kind.rawValue): \(message)" }
}
