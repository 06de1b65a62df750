public import JSON

extension Codec where Value == String {
    /// A text of a number of code points.
    /// - Parameters:
    ///   - length: how many code points it has.
    ///   - sentence: what to say of another.
    ///   - isRight: what else it must be; what it must not be is said by `sentence`.
    @inlinable
    public static func text(
        _ length: ClosedRange<Int>, sentence: String? = nil,
        where isRight: @escaping @Sendable (String) -> Bool = { _ in true }, words: [(String, JSONValue)] = []
    ) -> Codec {
        let wrong = sentence ?? "must have \(length.lowerBound) to \(length.upperBound) code points"
        let check: @Sendable (String) -> Reading<String> = {
            Reading(length.contains($0.unicodeScalars.count) && isRight($0) ? $0 : nil, or: wrong)
        }
        return Codec(
            schema: Schema([
                "type": "string", "minLength": .integer(length.lowerBound), "maxLength": .integer(length.upperBound),
            ]).adding(words),
            parse: check, read: { $0.string.map(check) ?? .fault("must be a string") }, write: { $1.string($0) })
    }

    /// A text of an answer, or one whose rules stand elsewhere.
    @inlinable
    public static func text(words: [(String, JSONValue)] = []) -> Codec {
        Codec(
            schema: Schema(["type": "string"]).adding(words), parse: { .value($0) },
            read: { Reading($0.string, or: "must be a string") }, write: { $1.string($0) })
    }
}

extension Codec {
    /// A text that stands for a value of another kind, such as an identifier.
    /// - Parameters:
    ///   - words: what the schema says besides that it is a string.
    ///   - sentence: what to say of a text that is none.
    ///   - make: the value; nil for any other text.
    ///   - text: the text of a value.
    @inlinable
    public static func string(
        _ words: [(String, JSONValue)], sentence: String, make: @escaping @Sendable (String) -> Value?,
        text: @escaping @Sendable (Value) -> String
    ) -> Codec {
        Codec(
            schema: Schema(["type": "string"]).adding(words), parse: { Reading(make($0), or: sentence) },
            read: { Reading($0.string.flatMap(make), or: sentence) }, write: { $1.string(text($0)) })
    }

    /// An identifier: a UUID in canonical text.
    @inlinable
    public static func uuid(
        make: @escaping @Sendable (String) -> Value?, text: @escaping @Sendable (Value) -> String = { "\($0)" }
    ) -> Codec {
        string([("format", "uuid")], sentence: "must be a UUID", make: make, text: text)
    }

    /// One of some words, each of which stands for a value.
    @inlinable
    public static func choice(_ words: KeyValuePairs<String, Value>) -> Codec where Value: Equatable {
        let names = words.map(\.key)
        let table = words.map { ($0.key, $0.value) }
        let list =
            names.count > 2
            ? names.dropLast().joined(separator: ", ") + " or \(names[names.count - 1])"
            : names.joined(separator: " or ")
        return string(
            [("enum", .array(names.map { .string($0) }))], sentence: "must be \(list)",
            make: { text in table.first { $0.0 == text }?.1 },
            text: { value in table.first { $0.1 == value }?.0 ?? "" })
    }

    /// One of the cases of an enumeration.
    @inlinable
    public static func word() -> Codec
    where Value: CaseIterable & RawRepresentable & Hashable, Value.RawValue == String {
        let names = Value.allCases.map(\.rawValue)
        let list = names.joined(separator: ", ")
        return string(
            [("enum", .array(names.map { .string($0) }))], sentence: "must be one of \(list)",
            make: { Value(rawValue: $0) }, text: \.rawValue)
    }

    /// What fits one of two codecs; the first that reads it has it. For requests only.
    @inlinable
    public static func either<First, Second>(
        _ first: Codec<First>, _ second: Codec<Second>, first makeFirst: @escaping @Sendable (First) -> Value,
        second makeSecond: @escaping @Sendable (Second) -> Value
    ) -> Codec {
        @Sendable func chosen(_ one: Reading<First>, _ other: Reading<Second>) -> Reading<Value> {
            switch (one, other) {
            case (.value(let value), _): .value(makeFirst(value))
            case (_, .value(let value)): .value(makeSecond(value))
            case (.fault(let one), .fault(let other)): .fault("\(other), or \(one)")
            }
        }
        return Codec(
            schema: Schema(
                ["anyOf": [first.schema.document, second.schema.document]], uses: [first.schema, second.schema]),
            parse: { chosen(first.parse($0), second.parse($0)) },
            read: { chosen(first.read($0), second.read($0)) },
            // Which of the two it was is not known any more; no answer holds one.
            write: { $1.null() })
    }
}
