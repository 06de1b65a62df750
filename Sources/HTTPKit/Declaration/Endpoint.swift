public import JSON

/// One operation of the interface, as one value. Everything else follows from the list of these: the router and its
/// 405, preflight and the rules for pages of other origins, the way on the event loop, the OpenAPI document and its
/// pages, counters, access, limits and the contract tests.
public struct Endpoint<Caller: Sendable>: Sendable {
    /// What is known of it without running it.
    public let operation: Operation
    /// The least that a caller must be; nil looks at no credential.
    let access: Access<Caller>?
    /// Answers in a task.
    let answer: @Sendable (Incoming, Caller?, CallContext) async throws -> Reply
    /// Answers at once, from memory, on the event loop; nil leaves the request to a task.
    let quick: (@Sendable (Incoming, Caller, CallContext) throws -> Reply?)?

    /// An operation without a body.
    /// - Parameters:
    ///   - method: the method.
    ///   - path: the path, with `{name}` for its parameters.
    ///   - name: the name in the document; clients are made of it.
    ///   - summary: a few words.
    ///   - description: what else there is to know.
    ///   - tag: under what the page for people shows it.
    ///   - access: the least that a caller must be.
    ///   - limits: what it may cost.
    ///   - effect: what it leaves behind.
    ///   - crossOrigin: which pages may read its answers.
    ///   - parameters: what it is asked; any other is refused.
    ///   - answers: every answer that is no problem.
    ///   - problems: what can go wrong besides what follows from the rest.
    ///   - quick: answers at once from memory, on the event loop; nil where that is not possible this time.
    ///   - handler: answers.
    public init<Question: Sendable>(
        _ method: Method, _ path: String, name: String, _ summary: String, _ description: String? = nil, tag: Tag,
        access: Access<Caller>, limits: Limits, effect: Effect = .none, crossOrigin: CrossOrigin = .open,
        parameters: Parameters<Question>, answers: [any Answering], problems: [Problem.Kind] = [],
        quick: (@Sendable (Question, Call<Caller>) throws -> Reply?)? = nil,
        handler: @escaping @Sendable (Question, Call<Caller>) async throws -> Reply
    ) {
        operation = Operation(
            method: method, path: path, name: name, summary: summary, description: description, tag: tag,
            access: access.name, limits: limits, effect: effect, crossOrigin: crossOrigin,
            parameters: parameters.declared,
            body: nil, answers: answers.map(\.declared), kinds: problems)
        self.access = access
        let names = operation.queryNames
        answer = { incoming, caller, context in
            let question = try incoming.question(parameters, names: names)
            guard let caller else { throw Problem(.internalError) }
            return try await handler(question, Call(caller: caller, context: context))
        }
        if let quick {
            self.quick = { incoming, caller, context in
                let question = try incoming.question(parameters, names: names)
                return try quick(question, Call(caller: caller, context: context))
            }
        } else {
            self.quick = nil
        }
    }

    /// An operation with a JSON body.
    public init<Question: Sendable, Content: Sendable>(
        _ method: Method, _ path: String, name: String, _ summary: String, _ description: String? = nil, tag: Tag,
        access: Access<Caller>, limits: Limits, effect: Effect, crossOrigin: CrossOrigin = .open,
        parameters: Parameters<Question>, body: Body<Content>, example: JSONValue? = nil, answers: [any Answering],
        problems: [Problem.Kind] = [],
        handler: @escaping @Sendable (Question, Content, Call<Caller>) async throws -> Reply
    ) {
        operation = Operation(
            method: method, path: path, name: name, summary: summary, description: description, tag: tag,
            access: access.name, limits: limits, effect: effect, crossOrigin: crossOrigin,
            parameters: parameters.declared,
            body: .init(schema: body.schema, example: example), answers: answers.map(\.declared), kinds: problems)
        self.access = access
        let names = operation.queryNames
        answer = { incoming, caller, context in
            let (question, content) = try incoming.question(parameters, names: names, body)
            guard let caller else { throw Problem(.internalError) }
            return try await handler(question, content, Call(caller: caller, context: context))
        }
        quick = nil
    }

    /// An operation for whoever reaches the port: no credential is looked at, and parameters that it does not know are
    /// ignored, since those who watch a service and those who read its pages add their own.
    public static func open<Question: Sendable>(
        _ method: Method, _ path: String, name: String, _ summary: String, tag: Tag, isDocumented: Bool = true,
        crossOrigin: CrossOrigin = .none, parameters: Parameters<Question>, answers: [any Answering],
        problems: [Problem.Kind] = [],
        handler: @escaping @Sendable (Question, Call<Void>) async throws -> Reply
    ) -> Endpoint {
        let operation = Operation(
            method: method, path: path, name: name, summary: summary, description: nil, tag: tag, access: nil,
            isDocumented: isDocumented, limits: .unbounded, effect: .none, crossOrigin: crossOrigin,
            parameters: parameters.declared, body: nil, answers: answers.map(\.declared), kinds: problems)
        return Endpoint(operation: operation) { incoming, _, context in
            let question = try incoming.question(parameters, names: nil)
            return try await handler(question, Call(caller: (), context: context))
        }
    }

    private init(
        operation: Operation, answer: @escaping @Sendable (Incoming, Caller?, CallContext) async throws -> Reply
    ) {
        self.operation = operation
        self.answer = answer
        access = nil
        quick = nil
    }
}
