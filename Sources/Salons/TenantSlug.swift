/// The short public name of a tenant in URLs, on the command line and in answers.
public struct TenantSlug: Sendable, Hashable, CustomStringConvertible {
    /// 1 to 63 characters: `a-z`, `0-9` and single inner hyphens.
    public let text: String

    /// Checks the text; nil when it is not a slug.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else {
            return nil
        }
        var previous: UInt8 = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "-") where previous != byte: break
            default: return nil
            }
            previous = byte
        }
        self.text = text
    }

    /// The slug itself.
    public var description: String { text }
}
