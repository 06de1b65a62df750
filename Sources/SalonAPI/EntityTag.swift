import Crypto
import Hummingbird
import Tenancy

/// Entity tags as RFC 9110 compares them for `If-None-Match`: weakly.
enum EntityTag {
    /// A strong tag of an answer: of its bytes, of who asked and of what was asked, so that nobody else's tag and no
    /// tag of another question is ever taken for it.
    static func strong(of bytes: [UInt8], scope: TenantScope, request: Request) -> String {
        strong(of: Array("\(scope.audience) \(request.uri.string)\u{0}".utf8) + bytes)
    }

    /// A strong tag of bytes.
    static func strong(of bytes: [UInt8]) -> String {
        let digest = SHA256.hash(data: bytes).prefix(12).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\"\(digest.joined())\""
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
