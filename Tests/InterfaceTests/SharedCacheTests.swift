import Directory
import Discovery
import Foundation
import Geodesy
import Harness
import Redis
import Synchronization
import Tenancy
import Testing

/// Is away, or keeps what it should not; counts who asks.
private final class FaultyCache: AnswerCache {
    private let kept = Mutex<[UInt8]?>(nil)
    let asked = Tally()

    func answer(scope: TenantScope, kind: String, version: String, canonical: String) async -> [UInt8]? {
        asked.add(1)
        return nil
    }

    func store(
        _ bytes: [UInt8], scope: TenantScope, kind: String, version: String, canonical: String, lifetime: Duration
    ) async {
        kept.withLock { $0 = bytes }
    }
}

struct `Instances that share a cache` {
    private static let target = "/v1/salons/nearby?lat=55.68&lon=12.56&sort=rating&limit=5"

    @Test func `without a common secret never hand out each other's cursors`() async throws {
        let backend = try await Backend.shared()
        let cache = RedisAnswerCache(ScopedCache(backend.redis))
        let first = Discovery(directory: backend.directory, cache: cache, now: { Backend.instant })
        let second = Discovery(directory: backend.directory, cache: cache, now: { Backend.instant })
        for discovery in [first, second] {
            try await Door.with(backend, discovery: discovery) { door in
                for _ in 0..<2 {
                    let cursor = try #require(try await door.ask(Self.target).json["next_cursor"]?.string)
                    #expect(try await door.ask("\(Self.target)&cursor=\(cursor)").status == 200)
                }
            }
        }
    }

    @Test func `answer all the same when it holds nothing`() async throws {
        let backend = try await Backend.shared()
        let cache = FaultyCache()
        let secret = Array("a secret of the tests".utf8)
        let discovery = Discovery(
            directory: backend.directory, cache: cache, cursorSecret: secret, now: { Backend.instant })
        let expected = try await Door.with(backend, discovery: backend.uncached) { try await $0.ask(Self.target).body }
        try await Door.with(backend, discovery: discovery) { door in
            for _ in 0..<3 { #expect(try await door.ask(Self.target).body == expected) }
            // What is cheap to compute is not looked up.
            _ = try await door.ask("/v1/salons/nearby?lat=55.68&lon=12.56", fields: ["Origin: https://x.example"])
        }
        #expect(cache.asked.value == 3)
    }

    @Test(arguments: 0..<12) func `take what was altered in it for nothing`(byte: Int) async throws {
        let backend = try await Backend.shared()
        let cache = ScopedCache(backend.redis)
        let value: [UInt8] = Array("abc".utf8)
        func key(_ question: String) -> CacheKey {
            CacheKey(scope: .marketplace, kind: "altered", version: "\(byte)", question: question)
        }
        await cache.store(value, under: key("a"), lifetime: .seconds(60))
        await cache.store([(key: key("b"), value: value)], lifetime: .seconds(60))
        #expect(await cache.value(key("a")) == value)
        #expect(await cache.values([key("b"), key("a"), key("none")]) == [value, value, nil])
        var stored = try #require(try await backend.redis.get(key("a").text))
        #expect(stored.count == 12)
        // Another key's value, a shorter one, and one with a byte that differs.
        try await backend.redis.set(key("b").text, stored, expiry: .seconds(60))
        #expect(await cache.value(key("b")) == nil)
        try await backend.redis.set(key("b").text, Array(stored.prefix(byte)), expiry: .seconds(60))
        #expect(await cache.value(key("b")) == nil)
        stored[byte] ^= 0x10
        try await backend.redis.set(key("a").text, stored, expiry: .seconds(60))
        #expect(await cache.value(key("a")) == nil)
        #expect(await cache.values([key("a"), key("b")]) == [nil, nil])
    }

    @Test func `and a caller who has gone do not make a failure of it`() async throws {
        let backend = try await Backend.shared()
        let cache = HangingCache()
        let discovery = Discovery(directory: backend.directory, cache: cache, now: { Backend.instant })
        let request = NearbyRequest(
            origin: Coordinate(uncheckedLatitude: 55.68, longitude: 12.56), region: .everywhere, order: .rating,
            canonical: "lat=55.68&lon=12.56&sort=rating")
        let search = Task { try await discovery.encodedNearby(request, scope: .marketplace).bytes.count }
        try await eventually { cache.asked.value == 1 }
        search.cancel()
        await #expect(throws: DiscoveryError.cancelled) { try await search.value }
        cache.release()
    }
}

/// Answers nobody until it is let go.
private final class HangingCache: AnswerCache {
    let asked = Tally()
    private let isOpen = Atomic(false)

    func release() { isOpen.store(true, ordering: .relaxed) }

    func answer(scope: TenantScope, kind: String, version: String, canonical: String) async -> [UInt8]? {
        asked.add(1)
        while !isOpen.load(ordering: .relaxed) { try? await Task.sleep(for: .milliseconds(5)) }
        return nil
    }

    func store(
        _ bytes: [UInt8], scope: TenantScope, kind: String, version: String, canonical: String, lifetime: Duration
    ) async {}
}
