import Crypto
import Foundation

/// The name of a cached value. Only a scope makes one, so that no tenant can be answered from another's cache.
///
/// `t:{<tenant>}:<kind>:<version>:<digest>`, and `t:{public}:...` for the marketplace; the braces keep a tenant's keys on
/// one slot of a Redis Cluster. The question goes in as a digest: it may hold a customer's position, which must not be
/// readable in a key.
public struct CacheKey: Sendable, Hashable {
    /// The key as Redis knows it.
    public let text: String

    /// - Parameters:
    ///   - scope: whose value it is.
    ///   - kind: what it is, such as `nearby`: `a-z` only.
    ///   - version: of what the value was made from; a new version never sees an old value.
    ///   - question: canonical text of what was asked.
    public init(scope: TenantScope, kind: String, version: String, question: String) {
        precondition(kind.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }, "kind is a word")
        let digest = Data(SHA256.hash(data: Array(question.utf8)).prefix(16)).base64EncodedString()
        self.text = "t:{\(scope.audience)}:\(kind):\(version):\(digest)"
    }
}
