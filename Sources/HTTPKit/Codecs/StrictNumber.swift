/// Numbers as people write them: a sign, digits, at most one point. Swift's own parser also takes `nan`, `inf`, `0x1p3`
/// and `1e300`, none of which is a position or a count.
enum StrictNumber {
    /// A decimal of at most 32 characters, or nil.
    static func decimal(_ text: some StringProtocol) -> Double? {
        let bytes = text.utf8
        guard bytes.count <= 32 else { return nil }
        var digits = 0
        var points = 0
        var last: UInt8 = 0
        for (index, byte) in bytes.enumerated() {
            last = byte
            switch byte {
            case UInt8(ascii: "-") where index == 0: break
            case UInt8(ascii: "."):
                points += 1
                guard points == 1, digits > 0 else { return nil }
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            default: return nil
            }
        }
        guard digits > 0, last != UInt8(ascii: ".") else { return nil }
        return Double(text)
    }

    /// A whole number of at most 9 digits, or nil.
    static func integer(_ text: some StringProtocol) -> Int? {
        let bytes = text.utf8
        guard (1...9).contains(bytes.count), bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }
}
