import Crypto
import DataEncodings

/// Entity tags as RFC 9110 compares them for `If-None-Match`: weakly.
public enum EntityTag {
    /// A strong tag of bytes.
    public static func strong(of bytes: [UInt8]) -> String { "\"\(Base16.text(SHA256.hash(data: bytes).prefix(12)))\"" }

    /// A strong tag of an answer: of its bytes, of who asked and of what was asked, so that nobody else's tag and no
    /// tag of another question is ever taken for it.
    static func strong(of bytes: [UInt8], audience: String, target: String) -> String {
        strong(of: Array("\(audience) \(target)\u{0}".utf8) + bytes)
    }

    /// Whether a header's list names the tag, or is `*`.
    static func matches(_ header: String, _ tag: String) -> Bool {
        func opaque(_ tag: Substring) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag }
        return header.split(separator: ",").contains { candidate in
            let trimmed = candidate.drop { $0 == " " }.prefix { $0 != " " }
            return trimmed == "*" || opaque(trimmed) == opaque(tag[...])
        }
    }
}
