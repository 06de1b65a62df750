/// Pauses between probes of a server that is away: doubled each time up to a limit, with jitter so that instances do
/// not return in step.
struct Backoff {
    let longest: Duration
    private var steps = 0

    init(longest: Duration) { self.longest = longest }

    /// The pause after one more failure: between half and all of 50 ms times 2^failures.
    mutating func next() -> Duration {
        let whole = min(longest, Duration.milliseconds(50) * (1 << min(steps, 16)))
        steps += 1
        return whole * Double.random(in: 0.5...1)
    }

    mutating func reset() { steps = 0 }
}
