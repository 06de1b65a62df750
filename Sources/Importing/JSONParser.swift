/// Reads one JSON value (RFC 8259) from bytes; nesting is limited, so that no input can exhaust the stack.
package struct JSONParser {
    /// What is wrong, and at which byte.
    package struct Failure: Error, CustomStringConvertible {
        package let reason: String
        package let offset: Int
        package var description: String { "\(reason) at byte \(offset + 1) of the feature" }
    }

    private static let deepest = 64
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    package static func parse(_ bytes: ArraySlice<UInt8>) throws(Failure) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.index == bytes.endIndex else { throw parser.failure("something follows the value") }
        return value
    }

    private func failure(_ reason: String) -> Failure {
        Failure(reason: reason, offset: index - bytes.startIndex)
    }

    private var current: UInt8 { index < bytes.endIndex ? bytes[index] : 0 }

    private mutating func skipSpace() {
        while index < bytes.endIndex, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth < Self.deepest else { throw failure("nested too deeply") }
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(Failure) -> JSONValue {
        guard bytes[index...].starts(with: text.utf8) else { throw failure("a value was expected") }
        index += text.utf8.count
        return value
    }

    private mutating func number() throws(Failure) -> JSONValue {
        let start = index
        while index < bytes.endIndex, "+-.0123456789eE".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard DecimalText.parse(text, allowingComma: false) != nil else { throw failure("a value was expected") }
        return .number(text)
    }

    private mutating func array(depth: Int) throws(Failure) -> JSONValue {
        index += 1
        skipSpace()
        var values: [JSONValue] = []
        if current == UInt8(ascii: "]") {
            index += 1
            return .array(values)
        }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            let byte = current
            index += 1
            if byte == UInt8(ascii: "]") { return .array(values) }
            guard byte == UInt8(ascii: ",") else { throw failure("a comma or ] was expected") }
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONValue {
        index += 1
        skipSpace()
        var members: [JSONValue.Member] = []
        if current == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            skipSpace()
            let key = try string()
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw failure("a colon was expected") }
            index += 1
            members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
            skipSpace()
            let byte = current
            index += 1
            if byte == UInt8(ascii: "}") { return .object(members) }
            guard byte == UInt8(ascii: ",") else { throw failure("a comma or } was expected") }
        }
    }

    private mutating func string() throws(Failure) -> String {
        guard current == UInt8(ascii: "\"") else { throw failure("a string was expected") }
        index += 1
        var start = index
        var text: [UInt8] = []
        while true {
            guard index < bytes.endIndex else { throw failure("a string is not closed") }
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                text += bytes[start..<index]
                index += 1
                return String(validating: text, as: UTF8.self) ?? Windows1252.decode(text)
            }
            guard byte >= 0x20 else { throw failure("a string holds a control character") }
            index += 1
            if byte == UInt8(ascii: "\\") {
                text += bytes[start..<(index - 1)]
                text += Array(String(try escape()).utf8)
                start = index
            }
        }
    }

    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        let byte = current
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw failure("an unknown escape")
        }
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, bytes[index...].starts(with: "\\u".utf8) else { throw failure("half a surrogate pair") }
        index += 2
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure("half a surrogate pair") }
        return scalar
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        let text = bytes[index...].prefix(4)
        guard text.count == 4, !text.contains(UInt8(ascii: "+")), !text.contains(UInt8(ascii: "-")),
            let value = UInt32(String(decoding: text, as: UTF8.self), radix: 16)
        else { throw failure("four hexadecimal digits were expected") }
        index += 4
        return value
    }
}
