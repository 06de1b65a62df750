import Synchronization
import Timing

/// Tells the followers of the outbox that there is something new, at most once per pause, while nobody waits for it.
///
/// After a quiet time the first call sends at once. A call while a message is on its way, or in the pause after it,
/// causes one more, so that the last call is always followed by a message that began after it. There is nothing to run
/// or to stop: the task that sends ends with the pause after its last message.
final class OutboxSignal: Sendable {
    private struct State {
        /// Sends, or pauses between two messages; nil while it is quiet.
        var sender: Task<Void, Never>?
        /// Whether there was a call since the last message began.
        var isCalled = false
    }

    private let state = Mutex(State())
    private let pause: @Sendable () async -> Void
    private let send: @Sendable () async -> Void

    /// - Parameters:
    ///   - pause: returns when the next message may be sent.
    ///   - send: sends a message. What becomes of it is its own affair: followers also look by themselves.
    init(
        pause: @escaping @Sendable () async -> Void = { try? await Pause.sleep(for: .milliseconds(5)) },
        send: @escaping @Sendable () async -> Void
    ) {
        self.pause = pause
        self.send = send
    }

    /// Whether no message is on its way or held back by a pause.
    var isQuiet: Bool { state.withLock { $0.sender == nil } }

    /// Something was committed. Returns at once.
    func call() {
        state.withLock { state in
            state.isCalled = true
            if state.sender == nil { state.sender = Task { await self.sendAll() } }
        }
    }

    private func sendAll() async {
        while takeCall() {
            await send()
            await pause()
        }
    }

    /// Whether there is something to send; otherwise it is quiet from now on.
    private func takeCall() -> Bool {
        state.withLock { state in
            if !state.isCalled { state.sender = nil }
            defer { state.isCalled = false }
            return state.isCalled
        }
    }

    /// Sends a last message if some call may not have been heard yet, and returns when it is sent. Bounded, also while
    /// calls go on.
    func flush() async {
        if !isQuiet { await send() }
    }
}
