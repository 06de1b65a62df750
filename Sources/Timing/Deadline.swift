import Synchronization

/// A bound on how long a caller waits for work.
public enum Deadline {
    /// The work did not end in time. It has been cancelled, and goes on until it heeds that.
    public struct Exceeded: Error, Sendable {
        /// How long the caller waited.
        public let limit: Duration
    }

    /// Does work in a task of its own and returns its value, or throws ``Exceeded`` once `limit` has passed, **whatever
    /// the work does**: it is cancelled then, but not waited for. Throws `CancellationError` as promptly when the
    /// caller's task is cancelled, and else what the work throws.
    public static func run<Value: Sendable>(
        within limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let race = Race<Value>()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                race.begin(continuation, limit: limit, work)
            }
        } onCancel: {
            race.end(.failure(CancellationError()), isAbandoned: true)
        }
    }
}

/// Who comes first answers the caller: the work, the timer, or the caller's own cancellation.
private final class Race<Value: Sendable>: Sendable {
    private struct Running {
        let continuation: CheckedContinuation<Value, any Error>
        let task: Task<Void, Never>
        let timer: Timers.Token
    }

    private enum State {
        case new
        case running(Running)
        /// Ended before `begin` was done: the result waits for it.
        case early(Result<Value, any Error>)
        case over
    }

    private let state = Mutex(State.new)

    func begin(
        _ continuation: CheckedContinuation<Value, any Error>, limit: Duration,
        _ work: @escaping @Sendable () async throws -> Value
    ) {
        let early = state.withLock { state -> Result<Value, any Error>? in
            if case .early(let result) = state {
                state = .over
                return result
            }
            // Both wait for this lock if they are that quick.
            let task = Task { [self] in
                do {
                    end(.success(try await work()), isAbandoned: false)
                } catch {
                    end(.failure(error), isAbandoned: false)
                }
            }
            let timer = Timers.shared.schedule(after: limit) { [self] in
                end(.failure(Deadline.Exceeded(limit: limit)), isAbandoned: true)
            }
            state = .running(Running(continuation: continuation, task: task, timer: timer))
            return nil
        }
        if let early { continuation.resume(with: early) }
    }

    func end(_ result: Result<Value, any Error>, isAbandoned: Bool) {
        let running = state.withLock { state -> Running? in
            switch state {
            case .new:
                state = .early(result)
                return nil
            case .running(let running):
                state = .over
                return running
            case .early, .over: return nil
            }
        }
        guard let running else { return }
        Timers.shared.cancel(running.timer)
        if isAbandoned { running.task.cancel() }
        running.continuation.resume(with: result)
    }
}
