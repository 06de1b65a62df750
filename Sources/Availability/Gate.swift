import Synchronization

/// Bounds how many are in at the same time; the others wait in order.
final class Gate: Sendable {
    private struct State {
        var vacancies: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(vacancies: max(count, 1)))
    }

    /// Returns when there is room.
    func enter() async {
        await withCheckedContinuation { continuation in
            let isIn = state.withLock { state in
                guard state.vacancies == 0 else {
                    state.vacancies -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isIn { continuation.resume() }
        }
    }

    /// Makes room.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.vacancies += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
