import Synchronization

/// Counts durations in fixed buckets without a lock, for Prometheus.
final class LatencyHistogram: Sendable {
    /// Upper edges in microseconds; beyond the last counts only towards the total.
    static let edges: [Int64] = [
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
        5_000_000, 10_000_000,
    ]

    private let buckets: [AtomicCounter] = (0...LatencyHistogram.edges.count).map { _ in AtomicCounter() }
    private let sum = AtomicCounter()

    /// Adds one observation.
    func observe(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        sum.add(microseconds)
        buckets[Self.edges.firstIndex { microseconds <= $0 } ?? Self.edges.count].add(1)
    }

    /// The lines of the exposition format, with cumulative buckets.
    func write(name: String, labels: String, to output: inout String) {
        var total: Int64 = 0
        for (index, edge) in Self.edges.enumerated() {
            total += buckets[index].value
            output += "\(name)_bucket{\(labels),le=\"\(Double(edge) / 1e6)\"} \(total)\n"
        }
        total += buckets[Self.edges.count].value
        output += "\(name)_bucket{\(labels),le=\"+Inf\"} \(total)\n"
        output += "\(name)_sum{\(labels)} \(Double(sum.value) / 1e6)\n"
        output += "\(name)_count{\(labels)} \(total)\n"
    }
}

/// A counter that many threads raise.
final class AtomicCounter: Sendable {
    private let storage = Atomic<Int64>(0)

    /// The present value.
    var value: Int64 { storage.load(ordering: .relaxed) }

    /// Raises the counter.
    func add(_ amount: Int64) {
        storage.wrappingAdd(amount, ordering: .relaxed)
    }
}
