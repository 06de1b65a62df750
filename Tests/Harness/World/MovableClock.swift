public import Foundation
import Synchronization

/// A clock that stands still until the test moves it.
public final class MovableClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    /// Some instant of 2027.
    public init() {}

    /// The present.
    public var now: Date { time.withLock { $0 } }

    /// Lets time pass.
    public func advance(_ seconds: Double) {
        time.withLock { $0 += seconds }
    }
}
