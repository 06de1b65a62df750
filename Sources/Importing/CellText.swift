/// Makes text of a field's bytes and counts what had to be repaired.
struct CellText {
    private(set) var warnings: [ImportWarning: Int] = [:]

    /// The field as UTF-8 without white space around it: bytes that are not UTF-8 are read as Windows-1252, UTF-8 that
    /// was encoded twice is decoded twice, and NUL, which PostgreSQL cannot hold, is taken out.
    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var start = 0
        var end = bytes.count
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        let field = UnsafeBufferPointer(rebasing: bytes[start..<end])
        var plain = true
        for byte in field where byte >= 0x80 || byte == 0 {
            plain = false
            break
        }
        guard !plain else { return String(decoding: field, as: UTF8.self) }
        guard let text = String(validating: field, as: UTF8.self) else {
            return repaired(Windows1252.decode(field), alreadyCounted: true)
        }
        return repaired(text, alreadyCounted: false)
    }

    /// As ``decode(_:)`` for text that is UTF-8 already.
    mutating func repaired(_ text: String, alreadyCounted: Bool = false) -> String {
        if alreadyCounted { warnings[.notUTF8, default: 0] += 1 }
        var text = text
        if let twice = DoubleEncoding.repair(text) {
            warnings[.doubleEncoded, default: 0] += 1
            text = twice
        }
        if text.utf8.contains(0) {
            warnings[.nulRemoved, default: 0] += 1
            text.removeAll { $0 == "\0" }
        }
        return text
    }
}
