/// The parameters of a request line, decoded and held to account: a name that is given twice, a broken escape or bytes
/// that are not UTF-8 are faults, not surprises.
struct QueryString: Sendable {
    /// Decoded name and value pairs in the order of the request.
    private(set) var pairs: [(name: String, value: String)] = []

    /// Parses what follows `?`; nil or empty means none.
    init(_ text: Substring?) throws(Problem) {
        guard let text, !text.isEmpty else { return }
        var faults: [Problem.Fault] = []
        for part in text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            guard let name = Self.decode(part[..<(equals ?? part.endIndex)]) else {
                throw .parameters([
                    .init(parameter: "?", detail: "a parameter's name is not valid percent-encoded UTF-8")
                ])
            }
            guard let equals else {
                faults.append(.init(parameter: name, detail: "has no value; write \(Problem.shortened(name))=VALUE"))
                continue
            }
            guard let value = Self.decode(part[part.index(after: equals)...]) else {
                faults.append(.init(parameter: name, detail: "is not valid percent-encoded UTF-8"))
                continue
            }
            if pairs.contains(where: { $0.name == name }) {
                faults.append(.init(parameter: name, detail: "is given more than once"))
                continue
            }
            pairs.append((name, value))
        }
        if !faults.isEmpty { throw .parameters(faults) }
    }

    /// The value of a parameter, if it is there.
    subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    private static func decode(_ bytes: Substring.UTF8View.SubSequence) -> String? {
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(validating: bytes, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(Self.digit), let low = iterator.next().flatMap(Self.digit)
                else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
