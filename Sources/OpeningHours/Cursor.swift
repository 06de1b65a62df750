/// A position in a value; reads without regard to case and to the kind of dash and blank.
struct Cursor {
    private let original: [Unicode.Scalar]
    private let folded: [Unicode.Scalar]
    private(set) var index = 0

    init(_ text: String) {
        original = Array(text.unicodeScalars)
        folded = original.map { scalar in
            switch scalar {
            case "\u{2010}"..."\u{2015}", "\u{2212}": "-"
            case "\u{A0}", "\u{2009}", "\u{202F}", "\t", "\n", "\r": " "
            case "A"..."Z": Unicode.Scalar(UInt8(scalar.value) + 32)
            default: scalar
            }
        }
    }

    var count: Int { folded.count }
    var isAtEnd: Bool { index >= folded.count }

    func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        index + ahead < folded.count ? folded[index + ahead] : nil
    }

    func failure(_ reason: String) -> ParseFailure {
        ParseFailure(reason: reason, position: index + 1)
    }

    mutating func skipSpaces() {
        while peek() == " " { index += 1 }
    }

    /// Takes `text` if it comes next.
    mutating func take(_ text: String) -> Bool {
        var ahead = 0
        for scalar in text.unicodeScalars {
            guard peek(ahead) == scalar else { return false }
            ahead += 1
        }
        index += ahead
        return true
    }

    /// The letters that come next, not taken.
    func word() -> String {
        var letters = String.UnicodeScalarView()
        var ahead = 0
        while let scalar = peek(ahead), ("a"..."z").contains(scalar) {
            letters.append(scalar)
            ahead += 1
        }
        return String(letters)
    }

    mutating func advance(past word: String) {
        index += word.unicodeScalars.count
    }

    /// How many digits come next, from `ahead` on.
    func digitCount(_ ahead: Int = 0) -> Int {
        var count = 0
        while let scalar = peek(ahead + count), ("0"..."9").contains(scalar) { count += 1 }
        return count
    }

    /// A number of at most `digits` digits; nil, and nothing taken, when there is none or a longer one.
    mutating func number(digits: Int) -> Int? {
        let count = digitCount()
        guard count > 0, count <= digits else { return nil }
        var value = 0
        for scalar in folded[index..<index + count] { value = value * 10 + Int(scalar.value) - 48 }
        index += count
        return value
    }

    /// The text between double quotes, in its own case; nil when no quote comes next or none closes it.
    mutating func quoted() -> String? {
        guard peek() == "\"", let close = folded[(index + 1)...].firstIndex(of: "\"") else { return nil }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: original[(index + 1)..<close])
        index = close + 1
        return String(text)
    }
}
