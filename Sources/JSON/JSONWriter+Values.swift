import DataEncodings
public import Foundation

extension JSONWriter {
    /// The unknown value.
    public mutating func null() {
        separate()
        put("null")
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) {
        separate()
        if value { put("true") } else { put("false") }
    }

    /// A string.
    @inlinable
    public mutating func string(_ text: String) {
        separate()
        var text = text
        text.withUTF8 { quoted(UnsafeRawBufferPointer($0)) }
    }

    /// A string, given as UTF-8.
    @inlinable
    public mutating func string(_ text: UnsafeRawBufferPointer) {
        separate()
        quoted(text)
    }

    /// An identifier as a string in lower case.
    public mutating func string(_ id: UUID) {
        separate()
        reserve(UUID.textLength + 2)
        put(UInt8(ascii: "\""))
        withUnsafeBytes(of: id.uuid) { bytes in
            UUID.write(
                bytes, to: UnsafeMutableRawBufferPointer(start: base + length, count: UUID.textLength))
        }
        length += UUID.textLength
        put(UInt8(ascii: "\""))
    }

    /// A whole number.
    public mutating func integer(_ value: Int64) {
        separate()
        if value < 0 { put(UInt8(ascii: "-")) }
        put(digits: value.magnitude, atLeast: 1)
    }

    /// A whole number.
    @inlinable
    public mutating func integer(_ value: Int) { integer(Int64(value)) }

    /// The shortest decimal that reads back as this number; null for what JSON has no number for: infinities and NaN.
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        separate()
        // Degrees are mostly given with at most seven decimals; fewer than 16 digits always read back as themselves.
        let scaled = (value * 1e7).rounded()
        guard abs(scaled) < 1e15, scaled / 1e7 == value, scaled != 0 else {
            put(text: Int64(exactly: value)?.description ?? value.description)
            return
        }
        if scaled < 0 { put(UInt8(ascii: "-")) }
        let (whole, part) = UInt64(abs(scaled)).quotientAndRemainder(dividingBy: 10_000_000)
        put(digits: whole, atLeast: 1)
        guard part > 0 else { return }
        var (decimals, length) = (part, 7)
        while decimals % 10 == 0 {
            decimals /= 10
            length -= 1
        }
        put(UInt8(ascii: "."))
        put(digits: decimals, atLeast: length)
    }

    /// A number, digit for digit.
    public mutating func number(_ value: JSONNumber) {
        separate()
        put(text: value.description)
    }

    // MARK: Text

    /// A string in quotes. Stretches without a quote, a backslash or a control character are copied whole.
    @usableFromInline
    mutating func quoted(_ text: UnsafeRawBufferPointer) {
        put(UInt8(ascii: "\""))
        var done = 0
        var next = JSONText.firstSpecial(in: text, from: 0)
        while next < text.count {
            put(UnsafeRawBufferPointer(rebasing: text[done..<next]))
            putEscape(of: text[next])
            done = next + 1
            next = JSONText.firstSpecial(in: text, from: done)
        }
        put(UnsafeRawBufferPointer(rebasing: text[done...]))
        put(UInt8(ascii: "\""))
    }

    private mutating func putEscape(of byte: UInt8) {
        put(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
        case 0x0A: put(UInt8(ascii: "n"))
        case 0x0D: put(UInt8(ascii: "r"))
        case 0x09: put(UInt8(ascii: "t"))
        default:
            put("u00")
            put(Base16.digit(byte >> 4))
            put(Base16.digit(byte & 15))
        }
    }

    private mutating func put(digits value: UInt64, atLeast minimum: Int) {
        var rest = value
        var digits = 1
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        digits = max(digits, minimum)
        reserve(digits)
        rest = value
        for place in stride(from: length + digits - 1, through: length, by: -1) {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            base.storeBytes(of: Base16.digit(UInt8(truncatingIfNeeded: digit)), toByteOffset: place, as: UInt8.self)
            rest = quotient
        }
        length += digits
    }
}
