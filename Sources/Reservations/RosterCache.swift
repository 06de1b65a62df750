import Salons
import Scheduling
import Synchronization

/// Rosters that were read not long ago. An outdated one does no harm: `reserve` compares its revision under the locks.
final class RosterCache: Sendable {
    private struct State {
        var rosters: [SalonID: Roster] = [:]
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    subscript(salon: SalonID) -> Roster? {
        state.withLock { $0.rosters[salon] }
    }

    func keep(_ roster: Roster) {
        state.withLock { state in
            if state.rosters.count >= capacity { state.rosters.removeAll(keepingCapacity: true) }
            state.rosters[roster.salon] = roster
        }
    }

    func drop(_ salon: SalonID) {
        state.withLock { $0.rosters[salon] = nil }
    }
}
