/// The server's answer to one command (RESP2).
public enum Reply: Sendable, Equatable {
    /// No value, such as a key that does not exist.
    case null
    /// A short word, such as `OK`.
    case status(String)
    /// A number.
    case integer(Int64)
    /// A value, any bytes.
    case bulk([UInt8])
    /// Several replies, in order.
    case array([Reply])
    /// A refusal of this one command; the connection is whole and the other commands of the batch have replies.
    case error(String)

    /// The bytes of a value.
    public var bytes: [UInt8]? {
        if case .bulk(let bytes) = self { bytes } else { nil }
    }

    /// A status, or a value that is UTF-8.
    public var string: String? {
        switch self {
        case .status(let text): text
        case .bulk(let bytes): String(validating: bytes, as: UTF8.self)
        default: nil
        }
    }

    /// The number, if it is one.
    public var integer: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    /// The elements of an array.
    public var elements: [Reply]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// Whether there is no value.
    public var isNull: Bool { self == .null }

    /// The server's message if it refused.
    public var errorMessage: String? {
        if case .error(let message) = self { message } else { nil }
    }
}
