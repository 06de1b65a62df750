import DataEncodings

/// An entry of the audit log by its number and hash: what somebody has written down elsewhere.
public struct AuditMark: Sendable, Hashable, CustomStringConvertible {
    /// The entry's number.
    public let n: Int64
    /// Its hash.
    public let hash: [UInt8]

    /// Names an entry.
    public init(n: Int64, hash: [UInt8]) {
        self.n = n
        self.hash = hash
    }

    /// From what ``description`` says; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let n = Int64(parts[0]), n > 0, parts[1].utf8.count == 64 else { return nil }
        var hash: [UInt8] = []
        var digits = Array(parts[1].utf8)[...]
        while let high = digits.popFirst().flatMap(Base16.value), let low = digits.popFirst().flatMap(Base16.value) {
            hash.append(high << 4 | low)
        }
        guard hash.count == 32 else { return nil }
        self.init(n: n, hash: hash)
    }

    /// Number and hash.
    public var description: String { "\(n):\(Base16.text(hash))" }
}
