public import Redis

/// The only way to Redis: values are reached by keys that a scope made, and a fault is a miss.
public final class ScopedCache: Sendable {
    private let client: Client

    /// Uses a client, whose timeouts and breaker bound what a fault costs.
    public init(_ client: Client) {
        self.client = client
    }

    /// The value under a key; nil when there is none or Redis is away.
    public func value(_ key: CacheKey) async -> [UInt8]? {
        (try? await client.get(key.text)) ?? nil
    }

    /// Keeps a value for a while; without Redis it is lost, and nobody waits for it.
    public func store(_ value: [UInt8], under key: CacheKey, lifetime: Duration) async {
        try? await client.set(key.text, value, expiry: lifetime)
    }
}
