import Synchronization
import Timing

/// Bounds how many lines of one kind are logged in a while, so that what comes from outside cannot fill a disk.
final class LogThrottle: Sendable {
    /// The one of this process.
    static let shared = LogThrottle()

    /// A place in the code that logs.
    struct Kind: Hashable, Sendable {
        var file: String
        var line: UInt
    }

    private struct State {
        /// Lines of the present period.
        var counts: [Kind: Int] = [:]
        var suppressed = 0
    }

    private let limit: Int
    private let period: Duration
    private let state = Mutex(State())

    /// Admits `limit` lines of a kind in each period, which begins with the first of them.
    init(limit: Int = 20, period: Duration = .seconds(10)) {
        self.limit = limit
        self.period = period
    }

    /// Lines that were left out since the start.
    var suppressed: Int { state.withLock { $0.suppressed } }

    /// Whether a line is to be logged. When some were left out, `summary` is called with their number at the end of the
    /// period.
    func admit(_ kind: Kind, summary: @escaping @Sendable (Int) -> Void) -> Bool {
        let count = state.withLock { state in
            state.counts[kind, default: 0] += 1
            let count = state.counts[kind] ?? 0
            if count > limit { state.suppressed += 1 }
            return count
        }
        if count == 1 {
            Timers.shared.schedule(after: period) { [self] in
                let total = state.withLock { $0.counts.removeValue(forKey: kind) } ?? 0
                if total > limit { summary(total - limit) }
            }
        }
        return count <= limit
    }
}
