import JSON

/// What is known of an operation without running it: what the router, the document and the counters are made of.
///
/// One object, because every request hands it on.
public final class Operation: Sendable {
    /// What the document knows of a body.
    struct BodyDeclaration: Sendable {
        var schema: Schema
        var example: JSONValue?
    }

    /// The method.
    public let method: Method
    /// The path as the document writes it.
    public let path: String
    /// The name in the document.
    public let name: String
    let summary: String
    let description: String?
    let tag: Tag
    /// The least that a caller must be; nil looks at no credential.
    public let access: String?
    let isDocumented: Bool
    /// What it may cost.
    public let limits: Limits
    /// What it leaves behind.
    public let effect: Effect
    /// Which pages may read its answers.
    public let crossOrigin: CrossOrigin
    let parameters: [ParameterDeclaration]
    let body: BodyDeclaration?
    let answers: [AnswerDeclaration]

    /// Every kind of problem that it can answer: its own, and those that follow from the rest of the declaration.
    public let problems: [Problem.Kind]
    /// Every status that it may answer. Of what is no fault of the operation, 408 and 500 are not told in the document.
    public let statuses: Set<Int>
    /// Whether an answer can have an entity tag.
    let isValidated: Bool
    /// The header fields that a page of another origin may read besides those that it always may.
    let exposed: String?

    /// Whether no credential is looked at.
    var isOpen: Bool { access == nil }

    /// The names that its query may have.
    var queryNames: Set<String> { Set(parameters.filter { $0.place == .query }.map(\.name)) }

    init(
        method: Method, path: String, name: String, summary: String, description: String?, tag: Tag, access: String?,
        isDocumented: Bool = true, limits: Limits, effect: Effect, crossOrigin: CrossOrigin,
        parameters: [ParameterDeclaration], body: BodyDeclaration?, answers: [AnswerDeclaration],
        kinds: [Problem.Kind]
    ) {
        self.method = method
        self.path = path
        self.name = name
        self.summary = summary
        self.description = description
        self.tag = tag
        self.access = access
        self.isDocumented = isDocumented
        self.limits = limits
        self.effect = effect
        self.crossOrigin = crossOrigin
        self.parameters = parameters
        self.body = body
        self.answers = answers
        isValidated = answers.contains(where: \.isValidated)
        let fields = Self.distinct(answers.flatMap(\.fields))
        exposed = fields.isEmpty ? nil : fields.joined(separator: ", ")
        var all = kinds + parameters.compactMap(\.unknown)
        if access != nil {
            all += [.invalidParameter, .unauthorized, .originNotAllowed, .forbidden, .methodNotAllowed]
            all += effect.repetition == nil ? [.deadlineExceeded] : [.outcomeUnknown]
        }
        if limits.share != nil { all.append(.overloaded) }
        if body != nil { all += [.invalidBody, .payloadTooLarge, .unsupportedMediaType] }
        problems = Self.distinct(all)
        statuses = Set(answers.map(\.status) + problems.map(\.status) + (isValidated ? [304] : []) + [400, 408, 500])
    }

    private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }
}
