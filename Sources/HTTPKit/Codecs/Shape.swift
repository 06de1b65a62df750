public import JSON

/// How a value is written as JSON in an answer, and what the document says of it: bytes and schema come from the same
/// fields.
public struct Shape<Value: Sendable>: Sendable {
    /// What the document says of it.
    public let schema: Schema
    let write: @Sendable (Value, inout JSONWriter) -> Void

    init(schema: Schema, write: @escaping @Sendable (Value, inout JSONWriter) -> Void) {
        self.schema = schema
        self.write = write
    }

    /// What a codec reads and writes.
    public init(_ codec: Codec<Value>) {
        self.init(schema: codec.schema, write: codec.write)
    }

    /// An object. A property whose value is nil is left out, and is then not required.
    public init(
        _ properties: [Property<Value>], description: String? = nil, words: [(String, JSONValue)] = []
    ) {
        self.init(
            schema: Schema.object(properties.map { ($0.name, $0.schema, $0.isRequired) }, words)
                .described(description)
        ) { value, writer in
            writer.object { writer in for property in properties { property.write(value, &writer) } }
        }
    }

    /// What is kept encoded, and copied. Whoever encodes it keeps to the schema, which a test holds.
    public static func encoded(
        schema: Schema, write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) -> Shape {
        Shape(schema: schema, write: write)
    }

    /// Values in order.
    public static func list<Element>(of element: Shape<Element>) -> Shape where Value == [Element] {
        Shape(schema: .array(of: element.schema)) { values, writer in
            writer.array { writer in for value in values { element.write(value, &writer) } }
        }
    }

    /// One of several, each with its shape.
    public static func oneOf(
        _ shapes: [Schema], write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) -> Shape {
        Shape(schema: .oneOf(shapes), write: write)
    }

    /// The same, as a component of the document under a name of its own.
    public func named(_ name: String) -> Shape { Shape(schema: schema.named(name), write: write) }

    /// The same with a sentence about it.
    public func described(_ text: String) -> Shape { Shape(schema: schema.described(text), write: write) }

    /// Writes a value within something greater.
    public func write(_ value: Value, to writer: inout JSONWriter) { write(value, &writer) }

    /// The JSON of a value.
    public func bytes(_ value: Value) -> [UInt8] {
        var writer = JSONWriter()
        write(value, &writer)
        return writer.copy
    }
}

/// One property of an object of an answer.
public struct Property<Root: Sendable>: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool
    let write: @Sendable (Root, inout JSONWriter) -> Void

    /// A property that is always there.
    public init<Value>(
        _ name: String, _ codec: Codec<Value>, _ description: String? = nil,
        _ value: @escaping @Sendable (Root) -> Value
    ) {
        self.init(name, Shape(codec), description, value)
    }

    /// A property that is always there.
    public init<Value>(
        _ name: String, _ shape: Shape<Value>, _ description: String? = nil,
        _ value: @escaping @Sendable (Root) -> Value
    ) {
        self.name = name
        isRequired = true
        schema = shape.schema.described(description)
        write = { root, writer in
            writer.name(name)
            shape.write(value(root), &writer)
        }
    }

    /// A property that is left out where its value is nil.
    public static func optional<Value>(
        _ name: String, _ codec: Codec<Value>, _ description: String? = nil,
        _ value: @escaping @Sendable (Root) -> Value?
    ) -> Property {
        optional(name, Shape(codec), description, value)
    }

    /// A property that is left out where its value is nil.
    public static func optional<Value>(
        _ name: String, _ shape: Shape<Value>, _ description: String? = nil,
        _ value: @escaping @Sendable (Root) -> Value?
    ) -> Property {
        Property(name: name, schema: shape.schema.described(description), isRequired: false) { root, writer in
            guard let value = value(root) else { return }
            writer.name(name)
            shape.write(value, &writer)
        }
    }

    private init(
        name: String, schema: Schema, isRequired: Bool, write: @escaping @Sendable (Root, inout JSONWriter) -> Void
    ) {
        self.name = name
        self.schema = schema
        self.isRequired = isRequired
        self.write = write
    }
}
