import Salons
import Synchronization
import Tenancy

/// Whose the salons are that were found published a moment ago, so that a booking need not ask for it each time.
final class ScopeMemory: Sendable {
    private struct Known {
        let scope: TenantScope
        let until: ContinuousClock.Instant
    }

    private let lifetime: Duration
    private let capacity: Int
    private let known = Mutex<[SalonID: Known]>([:])

    init(lifetime: Duration, capacity: Int) {
        self.lifetime = lifetime
        self.capacity = capacity
    }

    subscript(salon: SalonID) -> TenantScope? {
        known.withLock { known in
            guard let found = known[salon], found.until > .now else { return nil }
            return found.scope
        }
    }

    func keep(_ scope: TenantScope, for salon: SalonID) {
        known.withLock { known in
            if known.count >= capacity { known.removeAll(keepingCapacity: true) }
            known[salon] = Known(scope: scope, until: .now + lifetime)
        }
    }
}
