import Discovery
import Foundation
import SalonStore
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
}
