import Crypto
public import Foundation
public import Salons

/// The name of a cached value. Only a scope makes one, so that no tenant can be answered from another's cache.
///
/// `t:{<tenant>}:<kind>:<version>:<digest>`, and `t:{public}:...` for the marketplace; the braces keep a tenant's keys
/// on one slot of a Redis Cluster. The question goes in as a digest: it may hold a customer's position, which must not
/// be readable in a key.
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

    /// The name of what one person's place in a salon has of free time on one day:
    /// `t:{<tenant>}:avail:<staff>:<epoch>:<day>:<salon>:<revision>`.
    ///
    /// It is the datum of the tenant that owns the salon, whoever searches: all who may read it share one copy. Nil
    /// where the scope may not: a tenant gets keys of its own salons only. The marketplace gets them of all tenants,
    /// but of this kind alone, whose values hold no personal data, and must know a revision and an epoch, which it can
    /// have read only of a published calendar.
    ///
    /// The salon is part of the key because one person may work in several of one tenant, at other hours; its revision,
    /// because working time is made from it.
    /// - Parameters:
    ///   - owner: the tenant of the salon, as read in this scope.
    ///   - scope: who reads.
    ///   - salon: where.
    ///   - revision: of the salon's calendar.
    ///   - staff: who works.
    ///   - epoch: of the person's availability.
    ///   - day: days since 1970-01-01 UTC.
    public init?(
        availabilityOf owner: TenantID, readIn scope: TenantScope, salon: SalonID, revision: Int64, staff: UUID,
        epoch: Int64, day: Int
    ) {
        guard scope.tenant == nil || scope.tenant == owner else { return nil }
        text =
            "t:{\(owner)}:avail:\(Self.short(staff)):\(epoch):\(day):\(Self.short(salon.rawValue)):\(revision)"
    }

    /// All of an identifier in 22 characters.
    private static func short(_ id: UUID) -> Substring {
        withUnsafeBytes(of: id.uuid) { Data($0) }.base64EncodedString().dropLast(2)
    }
}
