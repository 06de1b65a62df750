import Timing

/// What a follower does between two looks: waits until somebody calls, or until it is time.
struct FollowerPause {
    private let caller: AsyncStream<Void>.Continuation
    private var signals: AsyncStream<Void>.Iterator
    private let relay: Task<Void, Never>

    init(_ calls: AsyncStream<Void>) {
        let (signals, caller) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.caller = caller
        self.signals = signals.makeAsyncIterator()
        relay = Task { for await _ in calls { caller.yield() } }
    }

    /// Returns at once when the task is cancelled.
    mutating func wait(until instant: ContinuousClock.Instant) async {
        let caller = caller
        let timer = Timers.shared.schedule(at: instant) { caller.yield() }
        _ = await signals.next(isolation: #isolation)
        Timers.shared.cancel(timer)
    }

    func end() {
        relay.cancel()
    }
}
