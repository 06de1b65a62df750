import DataEncodings

extension JSONGrammar {
    /// The string that begins with the quote here.
    mutating func string() throws(JSONFault) -> String {
        index += 1
        var text = ""
        while true {
            let end = JSONText.firstSpecial(in: bytes, from: index)
            let piece = try decoded(index..<end)
            index = end
            guard index < bytes.count else { throw fault(.openString) }
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return text.isEmpty ? piece : text + piece
            case UInt8(ascii: "\\"):
                text += piece
                index += 1
                text.unicodeScalars.append(try escape())
            default: throw fault(.controlCharacter)
            }
        }
    }

    /// A stretch without escapes. None can begin or end within a character.
    private func decoded(_ range: Range<Int>) throws(JSONFault) -> String {
        let piece = UnsafeRawBufferPointer(rebasing: bytes[range])
        if let text = String(validating: piece, as: UTF8.self) ?? repair?(piece) { return text }
        throw JSONFault(reason: .notUTF8, offset: range.lowerBound)
    }

    /// What stands after a backslash.
    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        let scalar: Unicode.Scalar
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(current)
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "u"):
            index += 1
            return try codePoint()
        default: throw fault(.unknownEscape)
        }
        index += 1
        return scalar
    }

    private mutating func codePoint() throws(JSONFault) -> Unicode.Scalar {
        let first = try unit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault(.halfSurrogatePair) }
        let second = try unit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault(.halfSurrogatePair) }
        return scalar
    }

    /// Four hexadecimal digits.
    ///
    /// Looks at places of its own: swiftc 6.3.1 crashes when it optimizes a loop over `current` here ("verification
    /// error when verifying before lowering ownership").
    private mutating func unit() throws(JSONFault) -> UInt32 {
        let end = min(index + 4, bytes.count)
        var value: UInt32 = 0
        for place in index..<end {
            guard let digit = Base16.value(bytes[place]) else {
                index = place
                throw fault(.noHexadecimal)
            }
            value = value << 4 | UInt32(digit)
        }
        let isWhole = end == index + 4
        index = end
        guard isWhole else { throw fault(.noHexadecimal) }
        return value
    }
}
