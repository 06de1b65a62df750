extension Duration {
    /// Milliseconds, rounded up, so that a wait never ends before its time.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        // Beyond a thousand years the sum could overflow, and nothing here waits that long.
        let bounded = max(-31_536_000_000, min(31_536_000_000, seconds))
        return bounded * 1000 + (attoseconds + (attoseconds > 0 ? 999_999_999_999_999 : 0)) / 1_000_000_000_000_000
    }
}
