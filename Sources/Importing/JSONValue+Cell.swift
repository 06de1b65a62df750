import JSON

extension JSONValue {
    /// What a column holds of it: a string's text, a number's digits, and JSON for what is nested; nil for null.
    var cell: String? {
        switch self {
        case .null: nil
        case .bool(let value): value ? "true" : "false"
        case .number(let number): number.description
        case .string(let text): text
        // A list of words is how GeoJSON says what CSV says with semicolons.
        case .array(let values) where values.allSatisfy({ $0.string != nil }):
            values.compactMap(\.string).joined(separator: ";")
        case .array, .object: description
        }
    }
}
