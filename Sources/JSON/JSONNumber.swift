/// A number of a JSON document, digit for digit as it was written: nothing is lost until somebody asks for a type.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// Decimal text of RFC 8259. Two numbers are equal where this is.
    public let description: String

    /// Takes text that is known to be a number of RFC 8259.
    init(checked text: String) {
        description = text
    }

    /// A whole number.
    public init(_ value: some FixedWidthInteger) {
        description = String(value)
    }

    /// The shortest decimal that reads back as this number; nil for infinities and NaN.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        var writer = JSONWriter(capacity: 64)
        writer.number(value)
        description = writer.text
    }

    /// The nearest number that a `Double` has; nil beyond its range.
    public var double: Double? {
        guard let value = Double(description), value.isFinite else { return nil }
        return value
    }

    /// The whole number that this is exactly, also when it is written as `2.0` or `1e3`; nil for any other, and beyond
    /// the range of `Int`.
    public var integer: Int? {
        if let value = Int(description) { return value }
        let parts = description.split { $0 == "e" || $0 == "E" }
        let isNegative = description.hasPrefix("-")
        var digits: [Character] = []
        var decimals = 0
        var isDecimal = false
        for character in parts[0].drop(while: { $0 == "-" }) {
            if character == "." {
                isDecimal = true
            } else {
                digits.append(character)
                decimals += isDecimal ? 1 : 0
            }
        }
        while digits.last == "0" {
            digits.removeLast()
            decimals -= 1
        }
        if digits.isEmpty { return 0 }
        guard let exponent = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
        let (zeros, overflow) = exponent.subtractingReportingOverflow(decimals)
        // No whole number of more digits is in range.
        guard !overflow, (0..<20).contains(zeros) else { return nil }
        return Int((isNegative ? "-" : "") + String(digits) + String(repeating: "0", count: zeros))
    }
}
