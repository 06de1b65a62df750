import Foundation
import Salons
import Scheduling
import Synchronization
import Tenancy

/// What this process remembers of salons, bounded: a salon that nobody asked about for long makes room (CLOCK).
///
/// Read from any thread; each shard has its lock, held for a look at one entry. Written only by the ledger.
final class NearCache: Sendable {
    /// What is remembered of a salon.
    struct Entry: Sendable {
        var calendar: SalonCalendar?
        /// Whether the marketplace was told that there is nothing.
        var isAbsentInMarketplace = false
        /// The last scope of a tenant that was told so.
        var absentFor: TenantScope?

        var isEmpty: Bool { calendar == nil && !isAbsentInMarketplace && absentFor == nil }
    }

    /// What a caller may know of an entry.
    enum Sight {
        case calendar(SalonCalendar)
        case absent
        case unknown
    }

    private struct Slot {
        let salon: SalonID
        var entry: Entry
        var isUsed: Bool
    }

    private struct Shard {
        var places: [SalonID: Int] = [:]
        var slots: [Slot?] = []
        /// Places without a slot.
        var vacant: [Int] = []
        var hand = 0
        var count = 0
        var hits = 0
        var misses = 0
        var evictions = 0
    }

    private static let shardCount = 64
    private let shards: [Guarded]
    private let shardCapacity: Int

    private final class Guarded: Sendable {
        let state = Mutex(Shard())
    }

    init(capacity: Int) {
        let count = min(Self.shardCount, max(capacity, 1))
        shards = (0..<count).map { _ in Guarded() }
        shardCapacity = (max(capacity, 1) + count - 1) / count
    }

    private func shard(_ salon: SalonID) -> Guarded {
        let bytes = salon.rawValue.uuid
        return shards[Int(bytes.15 ^ bytes.3) % shards.count]
    }

    /// What a scope may know of a salon at once; counts as a use.
    func look(_ salon: SalonID, _ scope: TenantScope) -> Sight {
        shard(salon).state.withLock { shard in
            guard let place = shard.places[salon], let sight = shard.slots[place]?.entry.sight(scope) else {
                shard.misses += 1
                return .unknown
            }
            shard.slots[place]?.isUsed = true
            if case .unknown = sight { shard.misses += 1 } else { shard.hits += 1 }
            return sight
        }
    }

    /// The entry; no use of it.
    subscript(salon: SalonID) -> Entry? {
        let shard = shard(salon)
        return shard.state.withLock { shard in shard.places[salon].flatMap { shard.slots[$0]?.entry } }
    }

    /// Puts an entry, or nothing, in the place of what there was; the calendar that made room for it, if one had to.
    func put(_ entry: Entry, for salon: SalonID) -> SalonCalendar? {
        shard(salon).state.withLock { shard in
            if let place = shard.places[salon] {
                if entry.isEmpty {
                    shard.places[salon] = nil
                    shard.slots[place] = nil
                    shard.vacant.append(place)
                    shard.count -= 1
                } else {
                    shard.slots[place]?.entry = entry
                }
                return nil
            }
            guard !entry.isEmpty else { return nil }
            let (place, evicted) = room(in: &shard)
            shard.places[salon] = place
            shard.slots[place] = Slot(salon: salon, entry: entry, isUsed: true)
            shard.count += 1
            return evicted
        }
    }

    private func room(in shard: inout Shard) -> (place: Int, evicted: SalonCalendar?) {
        if let place = shard.vacant.popLast() { return (place, nil) }
        if shard.slots.count < shardCapacity {
            shard.slots.append(nil)
            return (shard.slots.count - 1, nil)
        }
        while true {
            let place = shard.hand
            shard.hand = (shard.hand + 1) % shard.slots.count
            guard let slot = shard.slots[place] else { continue }
            if slot.isUsed {
                shard.slots[place]?.isUsed = false
            } else {
                shard.places[slot.salon] = nil
                shard.slots[place] = nil
                shard.count -= 1
                shard.evictions += 1
                return (place, slot.entry.calendar)
            }
        }
    }

    func removeAll() {
        for shard in shards {
            shard.state.withLock { shard in
                shard.places.removeAll()
                shard.slots.removeAll()
                shard.vacant.removeAll()
                shard.hand = 0
                shard.count = 0
            }
        }
    }

    /// Entries, and since the start: answers from memory, answers that needed a load, and evictions.
    var figures: (entries: Int, hits: Int, misses: Int, evictions: Int) {
        shards.reduce(into: (0, 0, 0, 0)) { sum, shard in
            shard.state.withLock {
                sum.0 += $0.count
                sum.1 += $0.hits
                sum.2 += $0.misses
                sum.3 += $0.evictions
            }
        }
    }
}

extension NearCache.Entry {
    /// A tenant sees its own salons, and a customer what is published; neither learns of anything else.
    func sight(_ scope: TenantScope) -> NearCache.Sight {
        switch scope.audience {
        case .marketplace:
            if isAbsentInMarketplace { return .absent }
            guard let calendar, calendar.isPublished, calendar.table != nil else { return .unknown }
            return .calendar(calendar)
        case .tenant(let tenant):
            if absentFor == scope { return .absent }
            guard let calendar else { return .unknown }
            guard calendar.roster.tenant == tenant else { return .absent }
            guard calendar.isPublished || scope.actor == .operator else { return .unknown }
            return calendar.table == nil ? .unknown : .calendar(calendar)
        }
    }
}
