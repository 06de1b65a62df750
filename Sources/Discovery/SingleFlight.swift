import Synchronization

/// Computes identical questions that are in flight at the same time once.
///
/// Whoever waits can be cancelled and then waits no longer; the computation goes on for the others and for the cache.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var flights: [Key: [Int: CheckedContinuation<Value, any Error>]] = [:]
        var tickets = 0
    }

    private enum Boarding {
        case first
        case later
        case cancelled
    }

    private let state = Mutex(State())

    /// The value for a key: from the flight that is under way, or from `compute`.
    func value(for key: Key, compute: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                switch board(key, ticket, continuation) {
                case .first:
                    Task {
                        do {
                            land(key, .success(try await compute()))
                        } catch {
                            land(key, .failure(error))
                        }
                    }
                case .later: break
                case .cancelled: continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            let waiting = state.withLock { $0.flights[key]?.removeValue(forKey: ticket) }
            waiting?.resume(throwing: CancellationError())
        }
    }

    /// How many wait for a key.
    func waiting(for key: Key) -> Int {
        state.withLock { $0.flights[key]?.count ?? 0 }
    }

    private func board(_ key: Key, _ ticket: Int, _ continuation: CheckedContinuation<Value, any Error>) -> Boarding {
        state.withLock { state in
            // Asked under the lock: who is cancelled later is found by `onCancel`.
            guard !Task.isCancelled else { return .cancelled }
            let isFirst = state.flights[key] == nil
            state.flights[key, default: [:]][ticket] = continuation
            return isFirst ? .first : .later
        }
    }

    private func land(_ key: Key, _ result: Result<Value, any Error>) {
        let waiting = state.withLock { $0.flights.removeValue(forKey: key) } ?? [:]
        for continuation in waiting.values { continuation.resume(with: result) }
    }
}
