import Synchronization

/// Tells the followers of this process that there may be something new. A call that is lost costs time, never an event.
final class EventSignal: Sendable {
    private struct State {
        var last = 0
        var followers: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = Mutex(State())

    /// Calls from now on, for one follower. Calls that come while it works are one.
    func calls() -> AsyncStream<Void> {
        let (calls, caller) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.last += 1
            state.followers[state.last] = caller
            return state.last
        }
        caller.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.followers.removeValue(forKey: number) }
        }
        return calls
    }

    /// Calls all followers.
    func call() {
        let followers = state.withLock { Array($0.followers.values) }
        for follower in followers { follower.yield() }
    }
}
