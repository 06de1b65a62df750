import JSON

/// A request before its parameters and its body are read.
struct Incoming: Sendable {
    var parts: RequestParts
    /// What is wrong with the query as such.
    var faults: [Problem.Fault]
    /// The body, for an operation that has one.
    var body: [UInt8] = []

    /// - Parameter query: what follows `?`.
    init(query: Substring?) {
        let faults = Faults()
        parts = RequestParts(query: QueryString(query, faults))
        self.faults = faults.list
    }

    /// What the parameters say, or everything that is wrong with them.
    /// - Parameter names: the names that the query may have; nil takes any and ignores what is not known.
    func question<Question>(_ parameters: Parameters<Question>, names: Set<String>?) throws(Problem) -> Question {
        let faults = names == nil ? Faults() : Faults(faults)
        let question = read(parameters, names: names, faults)
        guard faults.isEmpty, let question else { throw Self.refusal(faults, parameters.declared) }
        return question
    }

    /// What parameters and body say, or everything that is wrong with either.
    func question<Question, Content>(
        _ parameters: Parameters<Question>, names: Set<String>, _ body: Body<Content>
    ) throws(Problem) -> (Question, Content) {
        let faults = Faults(faults)
        let question = read(parameters, names: names, faults)
        let content = content(body, faults)
        guard faults.isEmpty, let question, let content else { throw Self.refusal(faults, parameters.declared) }
        return (question, content)
    }

    private func read<Question>(
        _ parameters: Parameters<Question>, names: Set<String>?, _ faults: Faults
    ) -> Question? {
        if let names {
            for pair in parts.query.pairs where !names.contains(pair.name) {
                faults.add(pair.name, "is not a parameter of this call")
            }
        }
        return parameters.read(parts, faults)
    }

    private func content<Content>(_ body: Body<Content>, _ faults: Faults) -> Content? {
        do throws(JSONFault) {
            let value = try JSONReader(deepest: 64, repeatedMembers: .kept).read(self.body)
            let repeated = Set(value.repeatedMembers.map(Self.shortened))
            for place in value.repeatedMembers.map(Self.shortened) {
                faults.add(.init(pointer: place, detail: "is given more than once"))
            }
            let found = Faults()
            let content = found.inBody { body.read(value, found) }
            // Which of the two was meant, nobody knows, and so not what is wrong with it.
            for fault in found.list where !repeated.contains(fault.location.1) { faults.add(fault) }
            return content
        } catch {
            faults.add(.init(pointer: "", detail: "is not JSON: \(error)"))
            return nil
        }
    }

    /// A pointer cut where a name in it is long.
    private static func shortened(_ pointer: JSONPointer) -> String {
        pointer.description.split(separator: "/", omittingEmptySubsequences: false)
            .map { Problem.shortened(String($0)) }.joined(separator: "/")
    }

    /// A path that has no such value leads nowhere; anything else is the request's fault.
    private static func refusal(_ faults: Faults, _ declared: [ParameterDeclaration]) -> Problem {
        let unknown = faults.list.map { fault in
            declared.first { $0.place == .path && fault.place == .parameter($0.name) }?.unknown
        }
        if let kind = unknown.first ?? nil, unknown.allSatisfy({ $0 != nil }) {
            return Problem(kind, faults: faults.list)
        }
        return faults.isEmpty ? Problem(.internalError) : faults.problem
    }
}
