public import JSON

/// How one kind of value is written and read, and what the document says of it, in one place, so that what is accepted,
/// what is answered and what is promised cannot drift apart.
///
/// A fault never repeats a value of a body, which may be personal data.
public struct Codec<Value: Sendable>: Sendable {
    /// What the document says of a value.
    public let schema: Schema
    /// Reads a value from a query, a path or a header field, decoded.
    @usableFromInline let parse: @Sendable (String) -> Reading<Value>
    /// Reads a value from a body.
    @usableFromInline let read: @Sendable (JSONValue) -> Reading<Value>
    /// Writes a value.
    @usableFromInline let write: @Sendable (Value, inout JSONWriter) -> Void

    /// - Parameters:
    ///   - schema: what the document says of a value.
    ///   - parse: reads the text of a parameter.
    ///   - read: reads a value of a body.
    ///   - write: writes a value of an answer.
    @inlinable
    public init(
        schema: Schema, parse: @escaping @Sendable (String) -> Reading<Value>,
        read: @escaping @Sendable (JSONValue) -> Reading<Value>,
        write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) {
        self.schema = schema
        self.parse = parse
        self.read = read
        self.write = write
    }

    /// A value as the document shows it: a default, an example.
    @usableFromInline
    func document(_ value: Value) -> JSONValue {
        var writer = JSONWriter(capacity: 64)
        write(value, &writer)
        // What a codec writes is JSON.
        return (try? JSONReader().read(writer.bytes)) ?? .null
    }
}

/// What came of reading a text or a value.
public enum Reading<Value: Sendable>: Sendable {
    /// It is one.
    case value(Value)
    /// It is none; a sentence about it that begins with a verb, such as `must be a UUID`.
    case fault(String)

    /// The value, or a fault for nil.
    @inlinable
    init(_ value: Value?, or sentence: @autoclosure () -> String) {
        self = value.map { .value($0) } ?? .fault(sentence())
    }
}
