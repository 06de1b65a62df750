import DataEncodings

/// The parameters of a request line, decoded and held to account: a name that is given twice, a broken escape or bytes
/// that are not UTF-8 are faults, not surprises.
@usableFromInline
struct QueryString: Sendable {
    /// What a query has under a name.
    @usableFromInline
    enum Entry: Sendable, Equatable {
        case absent
        /// There, but without a value that can be read, which is a fault already.
        case broken
        case value(String)
    }

    /// Decoded names and values in the order of the request; a value is nil where it is broken.
    private(set) var pairs: [(name: String, value: String?)] = []

    /// Parses what follows `?`; nil or empty means none. What is wrong is added to the faults.
    init(_ text: Substring?, _ faults: Faults) {
        guard let text, !text.isEmpty else { return }
        for part in text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            guard let name = Self.decode(part[..<(equals ?? part.endIndex)]) else {
                faults.add("?", "a parameter's name is not valid percent-encoded UTF-8")
                continue
            }
            if let index = pairs.firstIndex(where: { $0.name == name }) {
                if pairs[index].value != nil { faults.add(name, "is given more than once") }
                pairs[index].value = nil
                continue
            }
            guard let equals else {
                faults.add(name, "has no value; write \(Problem.shortened(name))=VALUE")
                pairs.append((name, nil))
                continue
            }
            let value = Self.decode(part[part.index(after: equals)...])
            if value == nil { faults.add(name, "is not valid percent-encoded UTF-8") }
            pairs.append((name, value))
        }
    }

    /// What is there under a name.
    @usableFromInline
    subscript(name: String) -> Entry {
        guard let pair = pairs.first(where: { $0.name == name }) else { return .absent }
        return pair.value.map { .value($0) } ?? .broken
    }

    /// Equal for equal queries, sorted by name.
    func canonical(without names: Set<String>) -> String {
        pairs.filter { !names.contains($0.name) }.map { "\($0.name)=\($0.value ?? "")" }.sorted()
            .joined(separator: "&")
    }

    /// The text that percent-encoding stands for, `+` being a space; nil for what is no UTF-8.
    static func decode(_ bytes: Substring.UTF8View.SubSequence, plusIsSpace: Bool = true) -> String? {
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            // A part of a text between two ASCII characters is a text.
            return String(Substring(bytes))
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+") where plusIsSpace: decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(Base16.value), let low = iterator.next().flatMap(Base16.value)
                else { return nil }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
