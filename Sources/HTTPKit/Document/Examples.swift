public import JSON

/// Values for the examples of the document that work on the day on which somebody tries them.
///
/// Operations write placeholders; the values are put in when the document is served.
public struct Examples: Sendable {
    private let values: [String: JSONValue]
    private let fresh: [String: @Sendable () -> JSONValue]

    /// - Parameters:
    ///   - values: by the names of the placeholders.
    ///   - fresh: makes a value anew at each place, such as the name of a write.
    public init(_ values: [String: JSONValue], fresh: [String: @Sendable () -> JSONValue] = [:]) {
        self.values = values
        self.fresh = fresh
    }

    /// The same, with one value that is always the same.
    public func fixing(_ name: String, _ value: JSONValue) -> Examples {
        Examples(values.merging([name: value]) { _, fixed in fixed }, fresh: fresh)
    }

    /// What stands in the place of a value until the document is served.
    public static func placeholder(_ name: String) -> JSONValue { .string("\u{1}\(name)") }

    /// A document with values in the place of placeholders. One without a value stays, which a test sees.
    func resolve(_ document: JSONValue) -> JSONValue {
        switch document {
        case .string(let text):
            guard text.unicodeScalars.first == "\u{1}" else { return document }
            let name = String(text.dropFirst())
            return values[name] ?? fresh[name]?() ?? document
        case .array(let elements): return .array(elements.map(resolve))
        case .object(let members): return .object(members.map { .init($0.name, resolve($0.value)) })
        case .null, .number, .bool: return document
        }
    }
}
