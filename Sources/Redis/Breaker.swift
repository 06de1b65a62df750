/// Decides whether calls may go to the server at all.
///
/// Closed, it counts failures in a row; at the threshold, or when no connection can be made, it opens. Open, nothing
/// passes until a probe, which the owner makes after the pause that it is told, succeeds.
struct Breaker {
    /// Where the breaker stands.
    enum State: Sendable, Hashable { case closed, open, halfOpen }

    let threshold: Int
    let firstPause: Duration
    let longestPause: Duration
    private(set) var state = State.closed
    private var failuresInRow = 0
    private var failedProbes = 0

    init(threshold: Int, firstPause: Duration, longestPause: Duration) {
        self.threshold = threshold
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    mutating func succeeded() {
        // What was sent before it opened proves nothing about now.
        if state == .closed { failuresInRow = 0 }
    }

    /// Returns the pause before the first probe if this failure opens the breaker.
    mutating func failed(isConnected: Bool, using generator: inout some RandomNumberGenerator) -> Duration? {
        guard state == .closed else { return nil }
        failuresInRow += 1
        guard failuresInRow >= threshold || !isConnected else { return nil }
        state = .open
        failedProbes = 0
        return pause(using: &generator)
    }

    mutating func beginProbe() { state = .halfOpen }

    mutating func probeSucceeded() {
        state = .closed
        failuresInRow = 0
    }

    /// Returns the pause before the next probe.
    mutating func probeFailed(using generator: inout some RandomNumberGenerator) -> Duration {
        state = .open
        failedProbes += 1
        return pause(using: &generator)
    }

    /// Between half and all of the first pause times 2^probes, so that instances do not return in step.
    private func pause(using generator: inout some RandomNumberGenerator) -> Duration {
        let whole = min(longestPause, firstPause * (1 << min(failedProbes, 20)))
        return whole * Double.random(in: 0.5...1, using: &generator)
    }
}
