public import JSON

/// One parameter of an operation.
public enum Parameter {
    /// A parameter of the query.
    /// - Parameters:
    ///   - default: what holds without it.
    ///   - example: a value that works; nil where only an answer has one.
    ///   - isTried: whether who tries the call begins with it: all such values of a call go together. The others are
    ///     shown as what they look like.
    @inlinable
    public static func query<Value>(
        _ name: String, _ codec: Codec<Value>, _ description: String, default value: Value? = nil,
        example: JSONValue? = nil, isTried: Bool = false
    ) -> Parameters<Given<Value>> {
        let declaration = ParameterDeclaration(
            query: name, description,
            value.map { codec.schema.adding([("default", codec.document($0))]) } ?? codec.schema, example, isTried)
        return Parameters(declared: [declaration]) { request, faults in
            switch request.query[name] {
            case .absent: return Given(value: value, isPresent: false)
            case .broken: return Given(value: nil, isPresent: true)
            case .value(let text): return given(codec.parse(text), declaration, faults)
            }
        }
    }

    /// A part of the path: what stands in its template as `{name}`.
    /// - Parameter unknown: the problem of a path that has no such value there, since it leads nowhere.
    public static func path<Value>(
        _ name: String, _ codec: Codec<Value>, _ description: String, unknown: Problem.Kind,
        example: JSONValue? = nil
    ) -> Parameters<Value> {
        let declaration = ParameterDeclaration(
            name: name, place: .path, description: description, schema: codec.schema, example: example,
            isTried: true, isRequired: true, unknown: unknown)
        return Parameters(declared: [declaration]) { request, faults in
            let text = request.path.first { $0.name == name }?.value ?? ""
            return given(codec.parse(text), declaration, faults).value
        }
    }

    /// A header field that must be there.
    /// - Parameter missing: what to say where it is not.
    public static func header<Value>(
        _ name: String, _ codec: Codec<Value>, _ description: String, missing: String, example: JSONValue? = nil
    ) -> Parameters<Value> {
        let declaration = ParameterDeclaration(
            name: name, place: .header, description: description, schema: codec.schema, example: example,
            isTried: true, isRequired: true)
        return Parameters(declared: [declaration]) { request, faults in
            let values = request.header(name)
            guard let text = values.first else {
                faults.add(declaration.fault(missing))
                return nil
            }
            guard values.count == 1 else {
                faults.add(declaration.fault("is given more than once"))
                return nil
            }
            return given(codec.parse(text), declaration, faults).value
        }
    }

    /// A text that is equal for equal queries, whatever the order of their parameters, without some of them: the name
    /// of a question, to which a cursor or a cached answer belongs.
    public static func canonical(without names: Set<String>) -> Parameters<String> {
        Parameters(declared: []) { request, _ in request.query.canonical(without: names) }
    }

    @inlinable
    static func given<Value>(
        _ reading: Reading<Value>, _ declaration: ParameterDeclaration, _ faults: Faults
    ) -> Given<Value> {
        switch reading {
        case .value(let value): return Given(value: value, isPresent: true)
        case .fault(let detail):
            declaration.add(detail, to: faults)
            return Given(value: nil, isPresent: true)
        }
    }
}
