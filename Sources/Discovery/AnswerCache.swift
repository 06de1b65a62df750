public import Tenancy

/// Keeps encoded answers between instances. `RedisAnswerCache` is one; a fault is a miss, never an error.
public protocol AnswerCache: Sendable {
    /// The bytes that were stored under this scope, kind, version and question; nil when there are none or the cache is
    /// away.
    func answer(scope: TenantScope, kind: String, version: String, canonical: String) async -> [UInt8]?

    /// Keeps bytes for a while; a cache that is away loses them silently.
    func store(
        _ bytes: [UInt8], scope: TenantScope, kind: String, version: String, canonical: String, lifetime: Duration)
        async
}
