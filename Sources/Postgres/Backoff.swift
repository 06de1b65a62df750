/// Pauses between attempts to connect: doubled each time up to a limit, with jitter so that instances do not return in
/// step.
struct Backoff {
    private(set) var failures = 0
    let longest: Duration

    /// The pause after one more failure: between half and all of 100 ms times 2^failures.
    mutating func next() -> Duration {
        let whole = min(longest, Duration.milliseconds(100) * (1 << min(failures, 12)))
        failures += 1
        return whole * Double.random(in: 0.5...1)
    }

    mutating func reset() { failures = 0 }
}
