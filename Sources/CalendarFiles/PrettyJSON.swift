import Importing

/// JSON with a line for each thing that does not fit on one.
enum PrettyJSON {
    private static let width = 100

    static func text(_ value: JSONValue, indentation: Int = 0) -> String {
        let line = inline(value)
        // Salons and their lists are always spread out, so that a change is a line of a difference.
        if indentation >= 6, line.count + indentation <= width { return line }
        let inner = String(repeating: " ", count: indentation + 2)
        let end = "\n" + String(repeating: " ", count: indentation)
        switch value {
        case .object(let members) where !members.isEmpty:
            let lines = members.map { member in
                inner + JSONValue.quoted(member.key) + ": " + text(member.value, indentation: indentation + 2)
            }
            return "{\n" + lines.joined(separator: ",\n") + end + "}"
        case .array(let values) where !values.isEmpty:
            let lines = values.map { inner + text($0, indentation: indentation + 2) }
            return "[\n" + lines.joined(separator: ",\n") + end + "]"
        default: return line
        }
    }

    private static func inline(_ value: JSONValue) -> String {
        switch value {
        case .array(let values) where !values.isEmpty: "[" + values.map(inline).joined(separator: ", ") + "]"
        case .object(let members) where !members.isEmpty:
            "{ " + members.map { JSONValue.quoted($0.key) + ": " + inline($0.value) }.joined(separator: ", ") + " }"
        default: value.json
        }
    }
}
