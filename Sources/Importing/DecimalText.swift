/// Numbers as people and registers write them in files.
enum DecimalText {
    /// A decimal number with an optional sign, fraction and exponent; a comma for the fraction only if allowed. Nil for
    /// anything else that C would read: hexadecimal, infinities, NaN, a number with something behind it.
    static func parse(_ text: String, allowingComma: Bool) -> Double? {
        var digits = 0
        var comma = false
        var point = false
        var exponent = false
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 48...57: digits += 1
            case 43, 45:
                guard previous == 0 || previous == 101 || previous == 69 else { return nil }
            case 46:
                guard !point, !comma, !exponent else { return nil }
                point = true
            case 44:
                guard allowingComma, !point, !comma, !exponent else { return nil }
                comma = true
            case 101, 69:
                guard digits > 0, !exponent else { return nil }
                exponent = true
            default: return nil
            }
            previous = byte
        }
        guard digits > 0, let value = Double(comma ? text.replacing(",", with: ".") : text), value.isFinite else {
            return nil
        }
        return value
    }
}
