/// The rule for texts that people give and other people read: names, words about a block, parts of an address.
///
/// Lengths are counted in code points, because a character may carry any number of accents; a code point has at most
/// four bytes of UTF-8, so the bytes are bounded as well.
public enum VisibleText {
    /// What is wrong with a text.
    public enum Fault: Error, Sendable, Hashable {
        /// There is nothing in it that can be seen.
        case invisible
        /// It has more code points than it may have.
        case tooLong(limit: Int)
        /// It has a control character, or one that changes the direction of what follows.
        case control(Unicode.Scalar)
    }

    /// Code points of the name of a tenant, a service, a person or a customer.
    public static let longestName = 200
    /// Code points of a salon's name, which may be a whole sentence in old lists.
    public static let longestSalonName = 300

    /// The text without white space around it.
    public static func checked(_ text: String, limit: Int = longestName) throws(Fault) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        if let control = scalars.first(where: isControl) { throw .control(control) }
        guard scalars.count <= limit else { throw .tooLong(limit: limit) }
        guard scalars.contains(where: isVisible) else { throw .invisible }
        return String(scalars)
    }

    /// Whether a character commands a terminal or reorders what stands around it, rather than being text: C0, C1, line
    /// and paragraph separators, and Unicode's Bidi_Control.
    public static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: true
        default: scalar.properties.generalCategory == .control
        }
    }

    /// Whether a character leaves ink by itself.
    static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        // A braille pattern without dots is a symbol by its category.
        guard !scalar.properties.isDefaultIgnorableCodePoint, scalar.value != 0x2800 else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
            .paragraphSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
            return false
        default: return true
        }
    }
}

extension VisibleText.Fault: CustomStringConvertible {
    /// What goes on after "the name": `has no visible character`.
    public var description: String {
        switch self {
        case .invisible: "has no visible character"
        case .tooLong(let limit): "has more than \(limit) code points"
        case .control(let scalar):
            "has the control character U+\(String(scalar.value, radix: 16, uppercase: true).leftPadded(to: 4))"
        }
    }
}

extension String {
    fileprivate func leftPadded(to count: Int) -> String {
        String(repeating: "0", count: max(0, count - utf8.count)) + self
    }
}
