/// UTF-8 that was taken for Windows-1252 and encoded as UTF-8 again, such as `FrisÃ¸rer`.
enum DoubleEncoding {
    /// The text as it was meant, repaired up to three times over; nil when nothing shows that it is wrong.
    static func repair(_ text: String) -> String? {
        var result: String?
        for _ in 0..<3 {
            guard let once = decodeOnce(result ?? text) else { break }
            result = once
        }
        return result
    }

    private static func decodeOnce(_ text: String) -> String? {
        // The lead byte of a two- to four-byte sequence shows as a character of U+00C2 to U+00F4.
        guard text.utf8.contains(0xC3) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var isPlain = true
        for scalar in text.unicodeScalars {
            guard let byte = Windows1252.byte(of: scalar) else { return nil }
            if byte >= 0x80 { isPlain = false }
            bytes.append(byte)
        }
        return isPlain ? nil : String(validating: bytes, as: UTF8.self)
    }
}
