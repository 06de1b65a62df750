extension JSONValue {
    /// JSON for people: what fits on a line stands on one, anything else has a line for each of its parts.
    /// - Parameters:
    ///   - width: of a line.
    ///   - depth: levels that are spread out whether they fit or not, so that a change is a line of a difference.
    public func layout(width: Int = 100, spreading depth: Int = 0) -> String {
        lines(width: width, spreading: depth, indentation: 0)
    }

    private func lines(width: Int, spreading depth: Int, indentation: Int) -> String {
        if depth <= 0 {
            let line = onOneLine
            if line.count + indentation <= width { return line }
        }
        let inner = String(repeating: " ", count: indentation + 2)
        let end = "\n" + String(repeating: " ", count: indentation)
        func part(_ value: JSONValue) -> String {
            value.lines(width: width, spreading: depth - 1, indentation: indentation + 2)
        }
        switch self {
        case .object(let members) where !members.isEmpty:
            let lines = members.map { "\(inner)\(JSONValue.string($0.name)): \(part($0.value))" }
            return "{\n" + lines.joined(separator: ",\n") + end + "}"
        case .array(let values) where !values.isEmpty:
            return "[\n" + values.map { inner + part($0) }.joined(separator: ",\n") + end + "]"
        default: return description
        }
    }

    private var onOneLine: String {
        switch self {
        case .array(let values) where !values.isEmpty:
            "[" + values.map(\.onOneLine).joined(separator: ", ") + "]"
        case .object(let members) where !members.isEmpty:
            "{ " + members.map { "\(JSONValue.string($0.name)): \($0.value.onOneLine)" }.joined(separator: ", ") + " }"
        default: description
        }
    }
}
