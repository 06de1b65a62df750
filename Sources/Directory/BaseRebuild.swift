import Dispatch
import Salons
import Synchronization

/// A new base in the making, beside the feed, and what has changed since it was begun.
final class BaseRebuild: Sendable {
    private let result = Mutex<Grid?>(nil)
    private let changes = Mutex<Set<SalonID>>([])

    /// Starts building from a frozen view. On a Dispatch thread: it takes up to seconds, and the threads that run
    /// Swift's tasks are as few as the cores.
    init(of snapshot: Snapshot) {
        DispatchQueue.global(qos: .utility).async { [self] in
            let grid = snapshot.rebuiltBase()
            result.withLock { $0 = grid }
        }
    }

    /// The new base once it is there.
    var base: Grid? { result.withLock { $0 } }

    /// The salons that were replaced or removed in the meantime.
    var changed: Set<SalonID> { changes.withLock { $0 } }

    func note(_ ids: Set<SalonID>) { changes.withLock { $0.formUnion(ids) } }
}
