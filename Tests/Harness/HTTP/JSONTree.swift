import Foundation

/// Any JSON value, read strictly: `1` is no boolean and `true` no number.
public enum JSONTree: Decodable, Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])

    /// Reads a text; nil when it is not JSON.
    public init?(_ bytes: [UInt8]) {
        guard let value = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes)) else { return nil }
        self = value
    }

    /// Reads any value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    /// A member of an object; nil when there is none.
    public subscript(name: String) -> JSONTree? { object?[name] }

    /// The members, when it is an object.
    public var object: [String: JSONTree]? { if case .object(let members) = self { members } else { nil } }
    /// The elements, when it is an array.
    public var array: [JSONTree]? { if case .array(let elements) = self { elements } else { nil } }
    /// The text, when it is a string.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The value, when it is a number.
    public var number: Double? { if case .number(let value) = self { value } else { nil } }
    /// The value, when it is a boolean.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// A value as it is written in a query: lists with commas.
    public var parameterText: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): Int(exactly: value).map(String.init) ?? "\(value)"
        case .string(let text): text
        case .array(let elements): elements.map(\.parameterText).joined(separator: ",")
        case .object: "{}"
        }
    }
}

extension JSONTree: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
    /// An object.
    public init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(Dictionary(uniqueKeysWithValues: elements))
    }

    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
}

/// A text with everything but letters, digits and `,.-_~:` percent-encoded.
public func encoded(_ text: String) -> String {
    var allowed = CharacterSet(charactersIn: ",.-_~:")
    allowed.formUnion(CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
    return text.addingPercentEncoding(withAllowedCharacters: allowed)!
}
