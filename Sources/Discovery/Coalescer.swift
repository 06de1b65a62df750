import Synchronization

/// Request coalescing: identical questions that are under way at the same time are computed once.
///
/// Whoever waits can be cancelled and then waits no longer; the computation goes on for the others and for the cache.
final class Coalescer<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var waiting: [Key: [Int: CheckedContinuation<Value, any Error>]] = [:]
        var tickets = 0
    }

    private enum Entry {
        case first
        case later
        case cancelled
    }

    private let state = Mutex(State())

    /// The value for a key: from the computation that is under way, or from `compute`.
    func value(for key: Key, compute: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                switch enter(key, ticket, continuation) {
                case .first:
                    Task {
                        do {
                            finish(key, .success(try await compute()))
                        } catch {
                            finish(key, .failure(error))
                        }
                    }
                case .later: break
                case .cancelled: continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            let waiting = state.withLock { $0.waiting[key]?.removeValue(forKey: ticket) }
            waiting?.resume(throwing: CancellationError())
        }
    }

    /// How many wait for a key.
    func waiting(for key: Key) -> Int {
        state.withLock { $0.waiting[key]?.count ?? 0 }
    }

    private func enter(_ key: Key, _ ticket: Int, _ continuation: CheckedContinuation<Value, any Error>) -> Entry {
        state.withLock { state in
            // Asked under the lock: who is cancelled later is found by `onCancel`.
            guard !Task.isCancelled else { return .cancelled }
            let isFirst = state.waiting[key] == nil
            state.waiting[key, default: [:]][ticket] = continuation
            return isFirst ? .first : .later
        }
    }

    private func finish(_ key: Key, _ result: Result<Value, any Error>) {
        let waiting = state.withLock { $0.waiting.removeValue(forKey: key) } ?? [:]
        for continuation in waiting.values { continuation.resume(with: result) }
    }
}
