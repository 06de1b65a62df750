public import JSON

extension Codec where Value == Double {
    /// A decimal in a range, such as `degrees` or `metres`.
    /// - Parameters:
    ///   - unit: what it counts, for the sentence; nil says `a number`.
    public static func decimal(
        _ range: ClosedRange<Double>, of unit: String? = nil, sentence: String? = nil,
        where isRight: @escaping @Sendable (Double) -> Bool = { _ in true }, words: [(String, JSONValue)] = []
    ) -> Codec {
        let kind = unit.map { "a decimal number of \($0)" } ?? "a decimal number"
        let text =
            sentence
            ?? "must be \(kind) from \(JSONValue.number(range.lowerBound)) to \(JSONValue.number(range.upperBound))"
        let isWithin: @Sendable (Double) -> Bool = { range.contains($0) && isRight($0) }
        return Codec(
            schema: Schema([
                "type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
            ]).adding(words),
            parse: { Reading(StrictNumber.decimal($0).flatMap { isWithin($0) ? $0 : nil }, or: text) },
            read: { Reading($0.number?.double.flatMap { isWithin($0) ? $0 : nil }, or: text) },
            write: { $1.number($0) })
    }
}

extension Codec where Value == Int {
    /// A whole number in a range.
    public static func integer(_ range: ClosedRange<Int>) -> Codec {
        let text = "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        return Codec(
            schema: Schema([
                "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ]),
            parse: { Reading(StrictNumber.integer($0).flatMap { range.contains($0) ? $0 : nil }, or: text) },
            read: { Reading($0.number?.integer.flatMap { range.contains($0) ? $0 : nil }, or: text) },
            write: { $1.integer($0) })
    }

    /// A whole number of one digit, in its one spelling.
    public static func digit(_ range: ClosedRange<Int>) -> Codec {
        let names = range.map { "\($0)" }
        let bounded = integer(range)
        return Codec(
            schema: bounded.schema,
            parse: { text in
                Reading(
                    names.contains(text) ? Int(text) : nil,
                    or: "does not know '\(Problem.shortened(text))'; it knows \(names.joined(separator: ", "))")
            }, read: bounded.read, write: bounded.write)
    }

    /// A whole number of an answer that has no upper bound.
    public static func integer(from minimum: Int) -> Codec {
        let bounded = integer(minimum...999_999_999)
        return Codec(
            schema: Schema(["type": "integer", "minimum": .integer(minimum)]), parse: bounded.parse,
            read: bounded.read, write: bounded.write)
    }

    /// Any whole number of an answer.
    public static var integer: Codec {
        let bounded = integer(-999_999_999...999_999_999)
        return Codec(
            schema: Schema(["type": "integer"]), parse: bounded.parse, read: bounded.read, write: bounded.write)
    }
}

extension Codec where Value == Bool {
    /// `true` or `false`.
    public static var boolean: Codec {
        Codec(
            schema: Schema(["type": "boolean"]),
            parse: { Reading($0 == "true" ? true : $0 == "false" ? false : nil, or: "must be true or false") },
            read: { Reading($0.bool, or: "must be true or false") }, write: { $1.bool($0) })
    }
}
