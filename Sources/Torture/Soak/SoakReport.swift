/// What a soak came to.
public struct SoakReport: Sendable, CustomStringConvertible {
    /// Requests that were answered, by status; 0 stands for those that were not.
    public let statuses: [Int: Int]
    /// Resident memory of the service in bytes: after the first tenth of the time, and at the end.
    public let memory: (warm: Int, end: Int)
    /// What must not happen and did; empty for a run that is clean.
    public let violations: [String]
    private let seconds: Double

    /// Memory may grow by this part, and by 32 MB for what is kept in caches whose bound is not reached yet.
    private static let allowedGrowth = 1.15
    private static let allowance = 32 << 20

    init(seconds: Double, statuses: [Int: Int], memory: (warm: Int, end: Int), ending: String?) {
        self.seconds = seconds
        self.statuses = statuses
        self.memory = memory
        var found: [String] = []
        if let ending { found.append("the service ended: \(ending)") }
        let failed = statuses.filter { $0.key == 0 || $0.key >= 500 }
        if !failed.isEmpty { found.append("failed requests by status: \(Self.text(failed))") }
        if statuses[200, default: 0] == 0 || statuses[201, default: 0] == 0 {
            found.append("nothing was found, or nothing was booked: \(Self.text(statuses))")
        }
        if ending == nil, Double(memory.end) > Double(memory.warm) * Self.allowedGrowth + Double(Self.allowance) {
            found.append("memory grew from \(memory.warm >> 20) to \(memory.end >> 20) MB")
        }
        violations = found
    }

    /// A summary for people.
    public var description: String {
        let count = statuses.values.reduce(0, +)
        let lines = [
            "\(count) requests over HTTP in \(Int(seconds)) s, \(Int(Double(count) / max(seconds, 1)))/s; "
                + "by status: \(Self.text(statuses))",
            "resident memory \(memory.warm >> 20) MB after a tenth of the time, \(memory.end >> 20) MB at the end",
        ]
        return (lines + (violations.isEmpty ? ["no violation"] : violations.map { "VIOLATION \($0)" }))
            .joined(separator: "\n")
    }

    private static func text(_ statuses: [Int: Int]) -> String {
        statuses.sorted { $0.key < $1.key }.map { "\($0.key == 0 ? "none" : "\($0.key)") \($0.value)" }
            .joined(separator: ", ")
    }
}
