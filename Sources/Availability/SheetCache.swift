import Scheduling
import Synchronization
import Tenancy

/// Sheets in Redis, shared by all instances. A key names an epoch, so what stands under it is never changed, never
/// invalidated and never too old; without Redis there is simply nothing under any key.
final class SheetCache: Sendable {
    private let cache: ScopedCache?
    private let lifetime: Duration
    private let limit: Int
    private let state = Mutex((stores: 0, hits: 0, misses: 0))

    init(_ cache: ScopedCache?, lifetime: Duration, concurrentStores: Int) {
        self.cache = cache
        self.lifetime = lifetime
        limit = concurrentStores
    }

    /// Since the start.
    var figures: (hits: Int, misses: Int) { state.withLock { ($0.hits, $0.misses) } }

    /// What stands under keys, in their order, in one round trip.
    func read(_ keys: [CacheKey]) async -> [StaffDay?] {
        guard let cache, !keys.isEmpty else { return [StaffDay?](repeating: nil, count: keys.count) }
        let days = await cache.values(keys).map { $0.flatMap { StaffDay(bytes: $0) } }
        let hits = days.count { $0 != nil }
        state.withLock {
            $0.hits += hits
            $0.misses += days.count - hits
        }
        return days
    }

    /// Keeps sheets, while nobody waits; when too many stores are under way already they are not kept.
    func store(_ days: [(key: CacheKey, value: StaffDay)]) {
        guard let cache, !days.isEmpty else { return }
        let isTaken = state.withLock { state in
            guard state.stores < limit else { return false }
            state.stores += 1
            return true
        }
        guard isTaken else { return }
        Task {
            await cache.store(days.map { ($0.key, $0.value.bytes) }, lifetime: lifetime)
            state.withLock { $0.stores -= 1 }
        }
    }
}
