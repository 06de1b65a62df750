import Synchronization

/// Pauses of tasks.
///
/// They stand in for `Task.sleep(for:)` and `Clock.sleep(for:)`, which are inlined into the caller and which release
/// builds of Swift 6.3 compile so that a cancelled one can corrupt the task's memory (swiftlang/swift#86204, #75501).
public enum Pause {
    /// Returns after a while; throws `CancellationError` as soon as the task is cancelled.
    public static func sleep(for duration: Duration) async throws {
        try await sleep(until: .now + duration)
    }

    /// Returns at an instant; throws `CancellationError` as soon as the task is cancelled.
    public static func sleep(until instant: ContinuousClock.Instant) async throws {
        let sleeper = Sleeper()
        let isCancelled = await withTaskCancellationHandler {
            await withCheckedContinuation { sleeper.begin($0, until: instant) }
        } onCancel: {
            sleeper.cancel()
        }
        if isCancelled { throw CancellationError() }
    }
}

/// One pause; resumed once, by the timer or by the cancellation, whichever comes first.
private final class Sleeper: Sendable {
    private enum State {
        case new
        case asleep(CheckedContinuation<Bool, Never>, Timers.Token)
        case over
    }

    private let state = Mutex(State.new)

    func begin(_ continuation: CheckedContinuation<Bool, Never>, until instant: ContinuousClock.Instant) {
        let isOver = state.withLock { state in
            guard case .new = state else { return true }
            // The timer may fire at once; it then waits for this lock.
            state = .asleep(continuation, Timers.shared.schedule(at: instant) { [self] in end(isCancelled: false) })
            return false
        }
        if isOver { continuation.resume(returning: true) }
    }

    func cancel() {
        end(isCancelled: true)
    }

    private func end(isCancelled: Bool) {
        let (continuation, token) = state.withLock { state -> (CheckedContinuation<Bool, Never>?, Timers.Token?) in
            defer { state = .over }
            guard case .asleep(let continuation, let token) = state else { return (nil, nil) }
            return (continuation, token)
        }
        if isCancelled, let token { Timers.shared.cancel(token) }
        continuation?.resume(returning: isCancelled)
    }
}
