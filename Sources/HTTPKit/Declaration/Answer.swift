import JSON

/// An answer that an operation declares: what it means and what it holds. Called with a value it is the reply.
public struct Answer<Value: Sendable>: Answering {
    /// What is known of it without its values.
    let declaration: AnswerDeclaration
    private let make: @Sendable (Value) -> Reply.Content

    private init(_ declaration: AnswerDeclaration, make: @escaping @Sendable (Value) -> Reply.Content) {
        self.declaration = declaration
        self.make = make
    }

    /// JSON.
    /// - Parameters:
    ///   - isValidated: whether it has an entity tag, so that 304 may come instead.
    ///   - fields: header fields besides the usual, that a page of another origin may read.
    public static func json(
        _ status: Int, _ meaning: String, _ shape: Shape<Value>, isValidated: Bool = false, fields: [String] = []
    ) -> Answer {
        Answer(
            AnswerDeclaration(
                status: status, meaning: meaning, type: "application/json", schema: shape.schema,
                isValidated: isValidated, fields: fields)
        ) { value in .bytes(shape.bytes(value), type: "application/json") }
    }

    /// JSON that is kept encoded and copied piece by piece, without a whole of it in between.
    public static func pieces(
        _ status: Int, _ meaning: String, _ schema: Schema, isValidated: Bool = false,
        write: @escaping @Sendable (Value, (UnsafeRawBufferPointer) -> Void) -> Void
    ) -> Answer {
        Answer(
            AnswerDeclaration(
                status: status, meaning: meaning, type: "application/json", schema: schema, isValidated: isValidated)
        ) { value in .pieces({ write(value, $0) }, type: "application/json") }
    }

    /// The reply with this answer.
    public func callAsFunction(_ value: Value) -> Reply { Reply(status: declaration.status, content: make(value)) }
}

extension Answer where Value == Void {
    /// No body.
    public static func empty(_ status: Int, _ meaning: String) -> Answer {
        Answer(AnswerDeclaration(status: status, meaning: meaning)) { .none }
    }

    /// The reply with this answer.
    public func callAsFunction() -> Reply { callAsFunction(()) }
}

extension Answer where Value == [UInt8] {
    /// Bytes of another type than JSON, or JSON that is kept.
    public static func bytes(
        _ status: Int, _ meaning: String, type: String, schema: Schema? = nil, isValidated: Bool = false
    ) -> Answer {
        let essence = String(type.prefix { $0 != ";" })
        return Answer(
            AnswerDeclaration(
                status: status, meaning: meaning, type: essence, schema: schema ?? Schema(["type": "string"]),
                isValidated: isValidated)
        ) { .bytes($0, type: type) }
    }
}

extension Answer where Value == EventStream {
    /// Server-sent events, as long as the client listens.
    public static func events(_ meaning: String) -> Answer {
        Answer(
            AnswerDeclaration(
                status: 200, meaning: meaning, type: "text/event-stream", schema: Schema(["type": "string"]))
        ) { .stream($0) }
    }
}

/// An answer that an operation declares.
public protocol Answering: Sendable {
    /// What is known of it without its values.
    var declared: AnswerDeclaration { get }
}

extension Answer {
    /// What is known of it without its values.
    public var declared: AnswerDeclaration { declaration }
}

/// What the document knows of an answer.
public struct AnswerDeclaration: Sendable {
    var status: Int
    var meaning: String
    var type: String?
    var schema: Schema?
    var isValidated = false
    var fields: [String] = []
}
