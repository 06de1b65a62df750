/// The grammar of RFC 8259 over bytes that outlive it.
struct JSONGrammar {
    let bytes: UnsafeRawBufferPointer
    let deepest: Int
    let repair: (@Sendable (UnsafeRawBufferPointer) -> String?)?
    var index = 0
    /// Where the first object begins that has a member more than once.
    private(set) var firstRepeated: Int?

    init(
        bytes: UnsafeRawBufferPointer, deepest: Int, repair: (@Sendable (UnsafeRawBufferPointer) -> String?)?
    ) {
        self.bytes = bytes
        self.deepest = deepest
        self.repair = repair
    }

    mutating func document() throws(JSONFault) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw fault(.trailingBytes) }
        return value
    }

    func fault(_ reason: JSONFault.Reason) -> JSONFault { JSONFault(reason: reason, offset: index) }

    /// The next byte; 0, which begins nothing, at the end.
    var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw fault(.noValue)
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        let word = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[index...].starts(with: word) else { throw fault(.noValue) }
        index += word.count
        return value
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= deepest else { throw fault(.tooDeep(limit: deepest)) }
        index += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        var elements: [JSONValue] = []
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw fault(.noEndOfArray) }
        }
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= deepest else { throw fault(.tooDeep(limit: deepest)) }
        let start = index
        index += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        var members: [JSONValue.Member] = []
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw fault(.noName) }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fault(.noColon) }
            members.append(JSONValue.Member(name, try value(depth: depth)))
            skipSpace()
            if take(UInt8(ascii: "}")) { break }
            guard take(UInt8(ascii: ",")) else { throw fault(.noEndOfObject) }
        }
        if ExactName.isAnyRepeated(in: members) { firstRepeated = min(firstRepeated ?? start, start) }
        return .object(members)
    }

    private mutating func digits() -> Int {
        let start = index
        while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(current) { index += 1 }
        return index - start
    }

    private mutating func number() throws(JSONFault) -> JSONNumber {
        let start = index
        _ = take(UInt8(ascii: "-"))
        let isZero = current == UInt8(ascii: "0")
        let count = digits()
        guard count == 1 || (count > 1 && !isZero) else { throw fault(.malformedNumber) }
        if take(UInt8(ascii: ".")), digits() == 0 { throw fault(.malformedNumber) }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw fault(.malformedNumber) }
        }
        return JSONNumber(checked: String(decoding: bytes[start..<index], as: UTF8.self))
    }
}
