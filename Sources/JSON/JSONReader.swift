/// Reads one JSON value (RFC 8259, UTF-8), strictly and within bounds, so that no input exhausts stack or memory.
public struct JSONReader: Sendable {
    /// Levels of arrays and objects.
    public var deepest: Int
    /// Bytes of the document.
    public var longest: Int
    /// What becomes of members that an object has more than once.
    public var repeatedMembers: RepeatedMembers
    /// What to read for a stretch of a string that is not UTF-8; without it, and where it gives nil, it is a fault.
    public var repair: (@Sendable (UnsafeRawBufferPointer) -> String?)?

    /// What becomes of members that an object has more than once. RFC 8259 calls it unpredictable what a reader makes
    /// of them.
    public enum RepeatedMembers: Sendable {
        /// They are a fault.
        case refused
        /// They stay in the value; see ``JSONValue/repeatedMembers``.
        case kept
    }

    /// Sets the bounds.
    public init(
        deepest: Int = 64, longest: Int = 16 * 1024 * 1024, repeatedMembers: RepeatedMembers = .refused,
        repair: (@Sendable (UnsafeRawBufferPointer) -> String?)? = nil
    ) {
        self.deepest = deepest
        self.longest = longest
        self.repeatedMembers = repeatedMembers
        self.repair = repair
    }

    /// Reads with the usual bounds; members that are given again are refused.
    public static func read(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue { try JSONReader().read(bytes) }

    /// Reads a document.
    public func read(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
        try bytes.withUnsafeBufferPointer { bytes throws(JSONFault) in try read(UnsafeRawBufferPointer(bytes)) }
    }

    /// Reads a document. Takes time in proportion to its bytes, on objects of any size.
    public func read(_ bytes: UnsafeRawBufferPointer) throws(JSONFault) -> JSONValue {
        guard bytes.count <= longest else { throw JSONFault(reason: .tooManyBytes(limit: longest), offset: longest) }
        var grammar = JSONGrammar(bytes: bytes, deepest: deepest, repair: repair)
        let value = try grammar.document()
        if let offset = grammar.firstRepeated, repeatedMembers == .refused {
            throw JSONFault(reason: .repeatedMembers(value.repeatedMembers), offset: offset)
        }
        return value
    }
}
