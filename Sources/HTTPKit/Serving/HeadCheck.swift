import NIOHTTP1

/// What the decoder leaves open: whom a request is for (RFC 9112, section 3.2).
enum HeadCheck {
    /// The request is malformed; says how.
    struct Refusal: Error, Equatable {
        let detail: String
    }

    /// The head with a path for its target and one `Host`. An absolute target wins over the field.
    static func normalized(_ head: HTTPRequestHead) throws(Refusal) -> HTTPRequestHead {
        let hosts = head.headers["host"]
        guard hosts.count <= 1 else { throw Refusal(detail: "the request has more than one Host") }
        guard !hosts.isEmpty || !head.isAtLeast11 else { throw Refusal(detail: "the request has no Host") }
        guard hosts.allSatisfy(isAuthority) else { throw Refusal(detail: "Host is not a host name") }
        if head.uri.hasPrefix("/") || head.uri == "*" { return head }
        guard let target = AbsoluteTarget(head.uri), isAuthority(target.authority) else {
            throw Refusal(detail: "the target must be a path, or a URL of http or https")
        }
        var head = head
        head.uri = target.path
        head.headers.replaceOrAdd(name: "Host", value: target.authority)
        return head
    }

    /// A host, maybe with a port; empty where the target has none.
    private static func isAuthority(_ text: String) -> Bool {
        var rest = text[...]
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return false }
            guard rest[..<end].dropFirst().utf8.allSatisfy({ isLetterOrDigit($0) || ":.%".utf8.contains($0) }) else {
                return false
            }
            rest = rest[end...].dropFirst()
        } else {
            let name = rest.prefix { $0 != ":" }
            guard name.utf8.allSatisfy({ isLetterOrDigit($0) || "-._~!$&'()*+,;=%".utf8.contains($0) }) else {
                return false
            }
            rest = rest[name.endIndex...]
        }
        guard !rest.isEmpty else { return true }
        return rest.hasPrefix(":") && rest.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    /// A target in absolute form: `http://host:port/path?query`.
    private struct AbsoluteTarget {
        let authority: String
        let path: String

        init?(_ uri: String) {
            guard let colon = uri.firstIndex(of: ":"), ["http", "https"].contains(uri[..<colon].lowercased()),
                uri[colon...].hasPrefix("://")
            else { return nil }
            let rest = uri[colon...].dropFirst(3)
            let name = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            guard !name.isEmpty else { return nil }
            authority = String(name)
            let after = rest[name.endIndex...]
            path = after.hasPrefix("/") ? String(after) : "/" + after
        }
    }
}

extension HTTPRequestHead {
    /// Whether the client speaks HTTP/1.1, not 1.0.
    var isAtLeast11: Bool { version.major > 1 || (version.major == 1 && version.minor >= 1) }
}
