public import Tenancy

/// Keeps encoded answers in Redis under keys that the scope makes.
public struct RedisAnswerCache: AnswerCache {
    private let cache: ScopedCache

    /// Keeps them here.
    public init(_ cache: ScopedCache) {
        self.cache = cache
    }

    /// The bytes stored before, if Redis has them.
    public func answer(scope: TenantScope, kind: String, version: String, canonical: String) async -> [UInt8]? {
        await cache.value(CacheKey(scope: scope, kind: kind, version: version, question: canonical))
    }

    /// Keeps bytes for a while.
    public func store(
        _ bytes: [UInt8], scope: TenantScope, kind: String, version: String, canonical: String, lifetime: Duration
    ) async {
        let key = CacheKey(scope: scope, kind: kind, version: version, question: canonical)
        await cache.store(bytes, under: key, lifetime: lifetime)
    }
}
