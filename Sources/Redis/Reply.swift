/// What the server answers to one command (RESP2).
public enum Reply: Sendable, Equatable {
    /// Nothing there: a missing key, or an aborted transaction.
    case null
    /// A short word such as `OK`.
    case status(String)
    /// A number.
    case integer(Int64)
    /// Bytes as they were stored.
    case bulk([UInt8])
    /// Several replies in order.
    case array([Reply])
    /// The server refused the command; others on the same connection are not touched by it. The text can quote
    /// arguments.
    case error(String)

    /// Whether there is nothing.
    public var isNull: Bool { self == .null }

    /// The bytes of a bulk reply.
    public var bytes: [UInt8]? {
        if case .bulk(let bytes) = self { bytes } else { nil }
    }

    /// The text of a status, or of a bulk reply that is UTF-8.
    public var text: String? {
        switch self {
        case .status(let text): text
        case .bulk(let bytes): String(validating: bytes, as: UTF8.self)
        case .null, .integer, .array, .error: nil
        }
    }

    /// The value of an integer reply.
    public var number: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The parts of an array.
    public var elements: [Reply]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The message of an error.
    public var failure: String? {
        if case .error(let message) = self { message } else { nil }
    }
}
