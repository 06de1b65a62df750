import Dispatch
import Foundation
import Synchronization

/// Calls functions at later instants, all from one thread of its own, however many wait.
///
/// A deadline costs a lock and a place in a heap; no task, no dispatch source, no descriptor. The thread depends on no
/// pool: blocked calls elsewhere in the process do not delay it. Timers are right to about a millisecond while actions
/// are short.
public final class Timers: Sendable {
    /// Names a timer that has not fired.
    public struct Token: Sendable, Hashable {
        let number: UInt64
    }

    /// The timers of this process.
    public static let shared = Timers()

    private struct State {
        var queue = TimerQueue()
        var isRunning = false
        /// When the thread will look next; nil while it waits for a first timer.
        var nextLook: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let changed = DispatchSemaphore(value: 0)

    /// Timers with a thread of their own, which starts with the first one.
    public init() {}

    /// Calls `action` at an instant, or at once if it has passed; on the timers' thread, so it must return soon and
    /// never wait.
    @discardableResult
    public func schedule(at instant: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> Token {
        let (number, mustStart, isSooner) = state.withLock { state in
            let number = state.queue.insert(at: instant, action)
            let mustStart = !state.isRunning
            state.isRunning = true
            let isSooner = state.nextLook.map { instant < $0 } ?? true
            if isSooner { state.nextLook = instant }
            return (number, mustStart, isSooner)
        }
        if mustStart {
            Thread.detachNewThread { [self] in run() }
        } else if isSooner {
            changed.signal()
        }
        return Token(number: number)
    }

    /// Calls `action` after a while; otherwise as `schedule(at:_:)`.
    @discardableResult
    public func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> Token {
        schedule(at: .now + delay, action)
    }

    /// Forgets a timer. False when it has fired, or fires at this moment.
    @discardableResult
    public func cancel(_ token: Token) -> Bool {
        state.withLock { $0.queue.remove(token.number) }
    }

    /// Timers that wait.
    public var count: Int { state.withLock { $0.queue.count } }

    private func run() {
        while true {
            let (due, pause) = state.withLock { state -> ([@Sendable () -> Void], Duration?) in
                let now = ContinuousClock.now
                let due = state.queue.popDue(now)
                state.nextLook = state.queue.first
                return (due, state.nextLook.map { $0 - now })
            }
            for action in due { action() }
            // Actions take time and may add timers, so what is next is asked again.
            guard due.isEmpty else { continue }
            if let pause {
                _ = changed.wait(timeout: .now() + .nanoseconds(pause.wholeNanoseconds))
            } else {
                changed.wait()
            }
        }
    }
}

extension Duration {
    /// Rounded up, so that a look never comes just before the instant.
    fileprivate var wholeNanoseconds: Int {
        let (seconds, attoseconds) = components
        let whole = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !whole.overflow else { return seconds < 0 ? 0 : Int.max >> 1 }
        return max(0, Int(whole.partialValue) + Int((attoseconds + 999_999_999) / 1_000_000_000))
    }
}
