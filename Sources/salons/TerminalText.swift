import Foundation
import Salons

extension String {
    /// The text as a terminal may have it: control characters, and those that change the direction of text, are written
    /// as JSON writes them, `\u001b`, so that data can neither command the terminal nor pass for other text, and JSON
    /// stays the same JSON. Line ends stay.
    var forTerminal: String { escaped { $0 == "\n" } }

    /// As ``forTerminal``, on one line: for what somebody typed within a line of ours.
    var onOneLine: String { escaped { _ in false } }

    private func escaped(except isKept: (Unicode.Scalar) -> Bool) -> String {
        guard unicodeScalars.contains(where: { VisibleText.isControl($0) && !isKept($0) }) else { return self }
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if VisibleText.isControl(scalar), !isKept(scalar) {
                let digits = String(scalar.value, radix: 16)
                text += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }
}

/// Prints as Swift's own `print`, which it hides in this program: whatever is printed goes through ``forTerminal``.
func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {
    Swift.print(items.map { "\($0)" }.joined(separator: separator).forTerminal, terminator: terminator)
}
