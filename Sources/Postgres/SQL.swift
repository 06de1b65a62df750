/// A statement: text and the values bound to its placeholders.
///
/// An interpolated value is always a bind (`$1`), never text. An interpolated ``SQL`` keeps its own binds, numbered
/// anew. Integers of type `Int` are bound as int8: cast the placeholder where a function wants int4.
public struct SQL: Sendable {
    enum Part: Sendable {
        case text(String)
        case bind(Bind)
    }

    struct Bind: Sendable {
        let type: TypeOID
        let cast: String?
        let bytes: [UInt8]?
    }

    private(set) var parts: [Part] = []

    /// A statement of fixed or checked text; the caller answers for every character of it.
    public init(unsafe text: String) { parts = [.text(text)] }

    private init(parts: [Part]) { self.parts = parts }

    /// One after the other, with nothing between.
    public static func + (left: SQL, right: SQL) -> SQL { SQL(parts: left.parts + right.parts) }

    /// Appends a statement, with nothing between.
    public static func += (left: inout SQL, right: SQL) { left.parts += right.parts }

    /// The text with numbered placeholders, and the binds in their order.
    func rendered() -> (text: String, binds: [Bind]) {
        var text = ""
        var binds: [Bind] = []
        for part in parts {
            switch part {
            case .text(let fragment): text += fragment
            case .bind(let bind):
                binds.append(bind)
                text += "$\(binds.count)"
                if let cast = bind.cast { text += "::\(cast)" }
            }
        }
        return (text, binds)
    }

    /// The text as it is sent, without the values.
    public var text: String { rendered().text }
}

extension SQL: ExpressibleByStringInterpolation {
    /// Text without values.
    public init(stringLiteral value: String) { parts = [.text(value)] }

    /// Text with values.
    public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// Collects the literal's text and binds.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var parts: [Part] = []

        /// An empty collection.
        public init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(2 * interpolationCount + 1)
        }

        /// Text of the literal.
        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.text(literal)) }
        }

        /// A value, bound to a placeholder.
        public mutating func appendInterpolation<T: PostgresEncodable>(_ value: T) {
            var bytes: [UInt8]?
            if !value.isPostgresNull {
                var buffer: [UInt8] = []
                value.encode(into: &buffer)
                bytes = buffer
            }
            parts.append(.bind(Bind(type: T.postgresType, cast: T.postgresCast, bytes: bytes)))
        }

        /// A value that may be missing, bound to a placeholder as NULL then. The label is for the compiler, which takes
        /// a bare optional in a literal for a mistake.
        public mutating func appendInterpolation<T: PostgresEncodable>(nullable value: T?) {
            appendInterpolation(value)
        }

        /// A statement with its own binds.
        public mutating func appendInterpolation(_ sql: SQL) { parts += sql.parts }

        /// Text that is not a literal of the source; the caller answers for every character of it.
        public mutating func appendInterpolation(unsafe text: String) { parts.append(.text(text)) }
    }
}
