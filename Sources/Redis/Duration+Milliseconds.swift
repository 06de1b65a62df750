import CHiredis

extension Duration {
    /// Whole milliseconds, rounded up; durations beyond 30,000 years are cut.
    var millisecondsRoundedUp: Int64 {
        let (seconds, attoseconds) = components
        let fraction = attoseconds > 0 ? (attoseconds - 1) / 1_000_000_000_000_000 + 1 : 0
        return min(max(seconds, -1 << 40), 1 << 40) * 1000 + fraction
    }

    /// As C wants it. Never zero, which would mean without limit.
    var timeval: timeval {
        let (seconds, attoseconds) = components
        guard self > .milliseconds(1) else { return .init(tv_sec: 0, tv_usec: 1000) }
        return .init(tv_sec: min(Int(seconds), 1 << 30), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
