public import JSON

extension Codec {
    /// A list of a fixed or bounded number of values, `a,b,c` in a query and an array in a body.
    /// - Parameters:
    ///   - count: how many values it has.
    ///   - sentence: what to say of another number of values; nil lets the element say what is wrong.
    ///   - isUnique: whether no value may be named twice.
    ///   - words: what the schema says besides.
    @inlinable
    public static func list<Element>(
        of element: Codec<Element>, count: ClosedRange<Int> = 1...Int.max, sentence: String? = nil,
        isUnique: Bool = false, words: [(String, JSONValue)] = []
    ) -> Codec where Value == [Element] {
        let wrong = sentence ?? "must have \(count.lowerBound) to \(count.upperBound) values"
        @Sendable func gather<Part>(_ parts: [Part], _ read: (Part) -> Reading<Element>) -> Reading<[Element]> {
            guard count.contains(parts.count) else { return .fault(wrong) }
            var values: [Element] = []
            values.reserveCapacity(parts.count)
            for part in parts {
                switch read(part) {
                case .value(let value): values.append(value)
                case .fault(let detail): return .fault(sentence ?? detail)
                }
            }
            return .value(values)
        }
        var bounds: [(String, JSONValue)] = [("minItems", .integer(count.lowerBound))]
        if count.upperBound < Int.max { bounds.append(("maxItems", .integer(count.upperBound))) }
        if isUnique { bounds.append(("uniqueItems", true)) }
        return Codec(
            schema: .array(of: element.schema, bounds + words),
            parse: { text in
                let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                if isUnique, let twice = parts.indices.first(where: { parts[..<$0].contains(parts[$0]) }) {
                    return .fault("names '\(Problem.shortened(parts[twice]))' twice")
                }
                return gather(parts, element.parse)
            },
            read: { value in
                guard let elements = value.array else { return .fault("must be an array") }
                if isUnique, elements.indices.contains(where: { elements[..<$0].contains(elements[$0]) }) {
                    return .fault("names a value twice")
                }
                return gather(elements, element.read)
            },
            write: { values, writer in
                writer.array { writer in for value in values { element.write(value, &writer) } }
            })
    }

    /// A list of known words, none of them twice: what stands for each is gathered.
    @inlinable
    public static func words<Element>(
        _ names: [String], make: @escaping @Sendable (String) -> Element?,
        text: @escaping @Sendable (Element) -> String
    ) -> Codec where Value == [Element] {
        let list = names.joined(separator: ", ")
        let word = Codec<Element>(
            schema: Schema(["type": "string", "enum": .array(names.map { .string($0) })]),
            parse: { Reading(make($0), or: "does not know '\(Problem.shortened($0))'; it knows \(list)") },
            read: { Reading($0.string.flatMap(make), or: "must be one of \(list)") }, write: { $1.string(text($0)) })
        return .list(of: word, isUnique: true)
    }

    /// The same text under another type: what one codec reads is made into another value.
    @inlinable
    public func map<Other>(
        _ make: @escaping @Sendable (Value) -> Reading<Other>, back: @escaping @Sendable (Other) -> Value
    ) -> Codec<Other> {
        let codec = self
        @Sendable func made(_ reading: Reading<Value>) -> Reading<Other> {
            switch reading {
            case .value(let value): make(value)
            case .fault(let detail): .fault(detail)
            }
        }
        return Codec<Other>(
            schema: schema, parse: { made(codec.parse($0)) }, read: { made(codec.read($0)) },
            write: { codec.write(back($0), &$1) })
    }
}
