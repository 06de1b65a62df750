public import JSON

/// How a JSON body, or an object within one, is read into a value, and what the document says of it.
public struct Body<Value: Sendable>: Sendable {
    /// What the document says of it.
    public let schema: Schema
    /// The members of an object; nil for what is none.
    let members: [String]?
    /// Reads the value; nil when it cannot be made, and then there is a fault.
    let read: @Sendable (JSONValue, Faults) -> Value?

    init(
        schema: Schema, members: [String]? = nil, read: @escaping @Sendable (JSONValue, Faults) -> Value?
    ) {
        self.schema = schema
        self.members = members
        self.read = read
    }

    /// The same, as a component of the document under a name of its own.
    public func named(_ name: String) -> Body {
        Body(schema: schema.named(name), members: members, read: read)
    }

    /// Another value, made of what was read. `make` says what is wrong where it gives nil.
    public func map<Other: Sendable>(_ make: @escaping @Sendable (Value, Faults) -> Other?) -> Body<Other> {
        let read = read
        return Body<Other>(schema: schema, members: members) { value, faults in
            read(value, faults).flatMap { make($0, faults) }
        }
    }

    /// A value with a form of its own, such as GeoJSON.
    /// - Parameter read: gives nil where something is wrong, which it has said.
    public static func custom(
        schema: Schema, read: @escaping @Sendable (JSONValue, Faults) -> Value?
    ) -> Body {
        Body(schema: schema, read: read)
    }

    /// An object of known members.
    /// - Parameters:
    ///   - description: a sentence for the document.
    ///   - rules: further words of the schema, for what `make` checks besides the members.
    ///   - make: the value, of what each member gave; nil where it cannot be made, and it or a member has said why. It
    ///     says what is contradictory to its first argument.
    public static func object<each Part: Sendable>(
        _ members: repeat Member<each Part>, description: String? = nil, rules: [(String, JSONValue)] = [],
        make: @escaping @Sendable (Faults, repeat Given<each Part>) -> Value?
    ) -> Body {
        var listed: [(name: String, schema: Schema, isRequired: Bool)] = []
        for member in repeat each members { listed.append((member.name, member.schema, member.isRequired)) }
        let names = listed.map(\.name)
        let known = names.joined(separator: ", ")
        let schema = Schema.object(listed, [("additionalProperties", false)] + rules).described(description)
        return Body(schema: schema, members: names) { value, faults in
            guard let given = value.members else {
                faults.add("must be \(faults.isAtRoot ? "a JSON object" : "an object")")
                return nil
            }
            for member in given where !names.contains(member.name) {
                faults.add(member.name, "is not a member of this body; it knows \(known)")
            }
            let parts = (repeat (each members).read(from: value, faults))
            return make(faults, repeat each parts)
        }
    }

    /// An array of objects.
    public static func list<Element: Sendable>(
        of element: Body<Element>, count: ClosedRange<Int>, description: String? = nil
    ) -> Body where Value == [Element] {
        let schema = Schema.array(
            of: element.schema, [("minItems", .integer(count.lowerBound)), ("maxItems", .integer(count.upperBound))])
        return Body(schema: schema.described(description)) { value, faults in
            guard let elements = value.array, count.contains(elements.count) else {
                faults.add("must be an array of \(count.lowerBound) to \(count.upperBound) objects")
                return nil
            }
            var values: [Element] = []
            for (index, part) in elements.enumerated() {
                if let value = faults.inside(index, { element.read(part, faults) }) { values.append(value) }
            }
            return values.count == elements.count ? values : nil
        }
    }

    /// One of several objects, told apart by a member that only one of them has.
    /// - Parameters:
    ///   - otherwise: what is read where none of those members is there.
    ///   - cases: each with the member that it is known by.
    public static func choice(otherwise: Body, _ cases: (member: String, body: Body)...) -> Body {
        let all = Set(([otherwise] + cases.map(\.body)).flatMap { $0.members ?? [] })
        return Body(schema: .oneOf(([otherwise] + cases.map(\.body)).map(\.schema)), members: all.sorted()) {
            value, faults in
            guard let (member, body) = cases.first(where: { value[$0.member] != nil }) else {
                return otherwise.read(value, faults)
            }
            // What another of them has is no stranger, but does not go with this member.
            let mine = body.members ?? []
            var rest: [JSONValue.Member] = []
            for part in value.members ?? [] {
                if all.contains(part.name), !mine.contains(part.name) {
                    faults.add(part.name, "contradicts \(member); give one of the two")
                } else {
                    rest.append(part)
                }
            }
            return body.read(.object(rest), faults)
        }
    }
}

/// One member of an object of a body.
public struct Member<Value: Sendable>: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool
    private let fallback: Value?
    private let read: @Sendable (JSONValue, Faults) -> Value?

    /// A member that holds one value.
    public init(
        _ name: String, _ codec: Codec<Value>, isRequired: Bool = true, default fallback: Value? = nil,
        _ description: String? = nil
    ) {
        self.name = name
        self.isRequired = isRequired && fallback == nil
        self.fallback = fallback
        schema = (fallback.map { codec.schema.adding([("default", codec.document($0))]) } ?? codec.schema)
            .described(description)
        read = { value, faults in
            switch codec.read(value) {
            case .value(let value): return value
            case .fault(let sentence):
                faults.add(sentence)
                return nil
            }
        }
    }

    /// A member that holds an object or an array.
    public init(_ name: String, _ body: Body<Value>, isRequired: Bool = true) {
        self.name = name
        self.isRequired = isRequired
        fallback = nil
        schema = body.schema
        read = body.read
    }

    func read(from object: JSONValue, _ faults: Faults) -> Given<Value> {
        guard let value = object[name] else {
            if isRequired { faults.add(name, "is missing") }
            return Given(value: fallback, isPresent: false)
        }
        return Given(value: faults.inside(name) { read(value, faults) }, isPresent: true)
    }
}
