/// Checks that bytes are one JSON value (RFC 8259, UTF-8) and finds the members that an object has twice, of which a
/// reader of dictionaries would silently keep one.
struct JSONText {
    /// The bytes are not JSON, or nested more deeply than anybody needs.
    struct Malformed: Error {}

    private static let deepest = 64

    private let bytes: [UInt8]
    private var index = 0
    private var path: [String] = []
    private var repeated: [String] = []

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The JSON pointers (RFC 6901) of all members that are given again.
    static func repeatedMembers(of bytes: [UInt8]) throws(Malformed) -> [String] {
        var text = JSONText(bytes)
        try text.value()
        text.skipSpace()
        guard text.index == bytes.count else { throw Malformed() }
        return text.repeated
    }

    /// A name as one part of a JSON pointer, cut where it is long.
    static func pointerPart(_ name: String) -> String {
        Problem.shortened(name).replacing("~", with: "~0").replacing("/", with: "~1")
    }

    // MARK: Grammar

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    private mutating func value() throws(Malformed) {
        guard path.count < Self.deepest else { throw Malformed() }
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
    }

    private mutating func word(_ text: StaticString) throws(Malformed) {
        let count = text.utf8CodeUnitCount
        guard bytes[index...].starts(with: UnsafeBufferPointer(start: text.utf8Start, count: count)) else {
            throw Malformed()
        }
        index += count
    }

    private mutating func object() throws(Malformed) {
        index += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return }
        var names: Set<String> = []
        while true {
            skipSpace()
            let name = try string()
            path.append(Self.pointerPart(name))
            if !names.insert(name).inserted { repeated.append(path.map { "/" + $0 }.joined()) }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw Malformed() }
            try value()
            path.removeLast()
            skipSpace()
            if take(UInt8(ascii: "}")) { return }
            guard take(UInt8(ascii: ",")) else { throw Malformed() }
        }
    }

    private mutating func array() throws(Malformed) {
        index += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return }
        var count = 0
        while true {
            path.append("\(count)")
            try value()
            path.removeLast()
            count += 1
            skipSpace()
            if take(UInt8(ascii: "]")) { return }
            guard take(UInt8(ascii: ",")) else { throw Malformed() }
        }
    }

    private mutating func digits() -> Int {
        let start = index
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        return index - start
    }

    private mutating func number() throws(Malformed) {
        _ = take(UInt8(ascii: "-"))
        let isZero = current == UInt8(ascii: "0")
        let count = digits()
        guard count > 0, !isZero || count == 1 else { throw Malformed() }
        if take(UInt8(ascii: ".")), digits() == 0 { throw Malformed() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw Malformed() }
        }
    }

    // MARK: Strings

    /// A string's text; escapes are read, because two spellings of a name are one name.
    private mutating func string() throws(Malformed) -> String {
        guard take(UInt8(ascii: "\"")) else { throw Malformed() }
        var text: [UInt8] = []
        while let byte = current {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else { throw Malformed() }
                return text
            case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
            case 0..<0x20: throw Malformed()
            default: text.append(byte)
            }
        }
        throw Malformed()
    }

    private mutating func escape() throws(Malformed) -> [UInt8] {
        guard let byte = current else { throw Malformed() }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var code = try unit()
            if (0xD800..<0xDC00).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw Malformed() }
                let low = try unit()
                guard (0xDC00..<0xE000).contains(low) else { throw Malformed() }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw Malformed() }
            return Array(String(Character(scalar)).utf8)
        default: throw Malformed()
        }
    }

    /// Four hexadecimal digits.
    private mutating func unit() throws(Malformed) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw Malformed()
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}
