import Salons
import Synchronization

/// Lets only a few requests for one salon be under way at a time.
///
/// Whoever waits for a lock in the database holds a connection meanwhile. Without a bound, a crowd that wants one
/// calendar would hold all connections of the pool, and everybody else would wait with them.
final class SalonLanes: Sendable {
    private struct Waiter {
        let number: UInt64
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Lanes {
        var underWay = 0
        var waiters: [Waiter] = []
    }

    private struct State {
        var salons: [SalonID: Lanes] = [:]
        var lastNumber: UInt64 = 0
    }

    private let width: Int
    private let state = Mutex(State())

    init(width: Int) {
        self.width = min(max(width, 1), 1_000)
    }

    /// Does work when one of the salon's lanes is free, in the order of arrival.
    func run<R: Sendable>(
        _ salon: SalonID, _ work: @Sendable () async throws(ReservationError) -> R
    ) async throws(ReservationError) -> R {
        guard await enter(salon) else { throw .cancelled }
        defer { leave(salon) }
        return try await work()
    }

    /// Salons for which something is under way.
    var count: Int { state.withLock { $0.salons.count } }

    /// False if the task was cancelled before its turn.
    private func enter(_ salon: SalonID) async -> Bool {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isIn = state.withLock { state -> Bool? in
                    // Asked under the lock: who is cancelled later is found by `onCancel`.
                    guard !Task.isCancelled else { return false }
                    guard state.salons[salon, default: Lanes()].underWay >= width else {
                        state.salons[salon, default: Lanes()].underWay += 1
                        return true
                    }
                    state.salons[salon]?.waiters.append(Waiter(number: number, continuation: continuation))
                    return nil
                }
                if let isIn { continuation.resume(returning: isIn) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.salons[salon]?.waiters.firstIndex { $0.number == number }.flatMap {
                    state.salons[salon]?.waiters.remove(at: $0)
                }
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    /// The lane goes to who has waited longest.
    private func leave(_ salon: SalonID) {
        let next = state.withLock { state -> Waiter? in
            guard var lanes = state.salons[salon] else { return nil }
            guard lanes.waiters.isEmpty else {
                let next = lanes.waiters.removeFirst()
                state.salons[salon] = lanes
                return next
            }
            lanes.underWay -= 1
            state.salons[salon] = lanes.underWay == 0 ? nil : lanes
            return nil
        }
        next?.continuation.resume(returning: true)
    }
}
