import Foundation

/// Names that browsers show with a request, as they write them; what is written otherwise would never match.
public enum WebName {
    /// Why a text is not such a name: a sentence that follows the text.
    public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// The sentence.
        public let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    /// A host name or an address in lower case, without scheme and port. Throws what is wrong with any other text.
    public static func host(_ text: String) throws(Fault) -> String {
        let name = text.lowercased()
        guard name.utf8.allSatisfy({ $0 < 128 }) else {
            throw Fault("write the host in its ASCII form, which begins with xn--")
        }
        guard !name.contains("/"), !name.contains("@") else {
            throw Fault("write the host alone, such as salon.example")
        }
        if name.hasPrefix("[") {
            guard name.hasSuffix("]"),
                name.dropFirst().dropLast().utf8.allSatisfy({ "0123456789abcdef:.".utf8.contains($0) })
            else { throw Fault("write an IPv6 address as [2001:db8::1], without a port") }
            return name
        }
        guard !name.contains(":") else { throw Fault("write the host without a port") }
        let labels = (name.hasSuffix(".") ? name.dropLast() : name[...])
            .split(separator: ".", omittingEmptySubsequences: false)
        let isHost = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        }
        guard isHost, name.utf8.count <= 253 else { throw Fault("is not a host name, such as salon.example") }
        return labels.joined(separator: ".")
    }

    /// An origin (RFC 6454) as browsers send it: scheme, host, and a port that is not the scheme's own. Throws what is
    /// wrong with any other text.
    public static func origin(_ text: String) throws(Fault) -> String {
        let lower = text.lowercased()
        guard let scheme = ["https", "http"].first(where: { lower.hasPrefix("\($0)://") }) else {
            throw Fault("begin it with https:// or http://, such as https://salon.example")
        }
        let rest = lower.dropFirst(scheme.utf8.count + 3)
        guard !rest.contains("/"), !rest.contains("?"), !rest.contains("#") else {
            throw Fault("write scheme and host only, such as https://salon.example")
        }
        // The colons of an IPv6 address stand in brackets.
        guard let colon = rest.lastIndex(of: ":"), rest.last != "]" else {
            return "\(scheme)://\(try host(String(rest)))"
        }
        let host = try host(String(rest[..<colon]))
        let port = rest[rest.index(after: colon)...]
        guard let number = UInt16(port), number > 0, "\(number)" == port else {
            throw Fault("the port must be a number from 1 to 65535")
        }
        guard number != (scheme == "https" ? 443 : 80) else {
            throw Fault("browsers leave :\(number) out; write \(scheme)://\(host)")
        }
        return "\(scheme)://\(host):\(number)"
    }
}
