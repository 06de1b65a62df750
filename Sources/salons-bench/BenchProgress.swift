import Progress
import Synchronization

/// How far the whole run is, counted in measurements.
enum BenchProgress {
    private static let line = Mutex<ProgressLine?>(nil)

    /// Batches of the load table's import that count as one measurement.
    static let batchesPerStep = 10

    /// Begins to count the measurements of these parts.
    static func start(_ plan: Plan, parts: [BenchCommand.Part]) {
        let total = parts.map { steps($0, plan) }.reduce(0, +)
        line.withLock { $0 = ProgressLine("Measuring", unit: "steps", total: total) }
    }

    /// Says what is measured from now on.
    static func title(_ text: String) { line.withLock { $0?.title(text) } }

    /// So many measurements are done.
    static func advance(by count: Int = 1) { line.withLock { $0?.advance(by: count) } }

    /// Makes room for a table.
    static func clear() { line.withLock { $0?.clear() } }

    private static func steps(_ part: BenchCommand.Part, _ plan: Plan) -> Int {
        switch part {
        case .kernel: plan.kernelSizes.map { $0 >= 1_000_000 ? 2 : 1 }.reduce(0, +) * plan.repeats
        case .http: plan.httpSizes.count * plan.repeats * 4
        case .available: plan.httpSizes.count * plan.repeats * 3 + plan.repeats
        case .booking: plan.repeats * 4
        case .load: plan.loadSize / 10_000 / batchesPerStep + plan.repeats + 1
        }
    }
}
