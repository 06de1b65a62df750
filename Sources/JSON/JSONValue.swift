/// A JSON value (RFC 8259) in memory. Objects keep the order of their members; numbers keep their digits.
///
/// Equal are values that are written alike: `1` is not `1.0`, and the order of members counts.
public enum JSONValue: Sendable, Hashable {
    /// The unknown value.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, digit for digit.
    case number(JSONNumber)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in order. A reader that was told to keep them leaves members in it that are given again.
    case object([Member])

    /// A name and its value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value.
        public let value: JSONValue

        /// Pairs a name with a value.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// A whole number.
    public static func integer(_ value: some FixedWidthInteger) -> JSONValue { .number(JSONNumber(value)) }

    /// A number; null for what JSON has no number for: infinities and NaN.
    public static func number(_ value: Double) -> JSONValue { JSONNumber(value).map { .number($0) } ?? .null }
}

extension JSONValue {
    /// The value of a member of an object, the last if it is given again; nil without such a member.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { ExactName($0.name) == ExactName(name) }?.value
    }

    /// The members of an object; nil for any other value.
    public var members: [Member]? { if case .object(let members) = self { members } else { nil } }

    /// The elements of an array; nil for any other value.
    public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    /// The text of a string; nil for any other value.
    public var string: String? { if case .string(let text) = self { text } else { nil } }

    /// A number; nil for any other value. `true` is none.
    public var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }

    /// `true` or `false`; nil for any other value. `1` is neither.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
}

extension JSONValue: CustomStringConvertible {
    /// Compact JSON.
    public var description: String {
        var writer = JSONWriter(capacity: 128)
        writer.value(self)
        return writer.text
    }

    /// Compact JSON in UTF-8.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.copy
    }
}

extension JSONWriter {
    /// Any value.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .number(let value): number(value)
        case .string(let text): string(text)
        case .array(let elements): array { writer in for element in elements { writer.value(element) } }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.name(member.name)
                    writer.value(member.value)
                }
            }
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object, in the order of the literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0, $1) })
    }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
