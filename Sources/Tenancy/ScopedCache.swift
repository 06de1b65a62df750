public import Redis

/// The only way to Redis: values are reached by keys that a scope made, and a fault is a miss.
///
/// A value is stored with a version and a checksum over itself and its key: one that was altered, cut, or put under
/// another key is a miss too.
public final class ScopedCache: Sendable {
    /// Keys of one command, so that none occupies the server for long; the commands of a call share a round trip.
    private static let keysPerCommand = 256

    private let client: Client

    /// Uses a client, whose timeouts and breaker bound what a fault costs.
    public init(_ client: Client) {
        self.client = client
    }

    /// The value under a key; nil when there is none or Redis is away.
    public func value(_ key: CacheKey) async -> [UInt8]? {
        ((try? await client.get(key.text)) ?? nil).flatMap { SealedValue.open($0, key: key) }
    }

    /// The values under keys, in their order and in one round trip; nil where there is none or Redis is away.
    public func values(_ keys: [CacheKey]) async -> [[UInt8]?] {
        let commands = stride(from: 0, to: keys.count, by: Self.keysPerCommand).map { start in
            Command.mget(keys[start..<min(start + Self.keysPerCommand, keys.count)].map(\.text))
        }
        guard !commands.isEmpty, let replies = try? await client.send(commands) else {
            return [[UInt8]?](repeating: nil, count: keys.count)
        }
        var values: [[UInt8]?] = []
        values.reserveCapacity(keys.count)
        for (index, reply) in replies.enumerated() {
            let expected = min(Self.keysPerCommand, keys.count - index * Self.keysPerCommand)
            let elements = reply.elements ?? []
            values += elements.count == expected ? elements.map(\.bytes) : [[UInt8]?](repeating: nil, count: expected)
        }
        for (index, key) in keys.enumerated() {
            values[index] = values[index].flatMap { SealedValue.open($0, key: key) }
        }
        return values
    }

    /// Keeps a value for a while; without Redis it is lost, and nobody waits for it.
    public func store(_ value: [UInt8], under key: CacheKey, lifetime: Duration) async {
        try? await client.set(key.text, SealedValue.seal(value, key: key), expiry: lifetime)
    }

    /// Keeps values for a while, in one round trip; without Redis they are lost, and nobody waits for it.
    public func store(_ values: [(key: CacheKey, value: [UInt8])], lifetime: Duration) async {
        _ = try? await client.send(
            values.map { .set($0.key.text, SealedValue.seal($0.value, key: $0.key), expiry: lifetime) })
    }
}
