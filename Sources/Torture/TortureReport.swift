public import Reservations

/// What a run came to.
public struct TortureReport: Sendable, CustomStringConvertible {
    /// Requests that were answered, or not.
    public let attempts: Int
    /// How often PostgreSQL was killed.
    public let kills: Int
    /// What must not happen and did; empty for a run that is clean.
    public let violations: [String]
    /// The module's own figures, over all clients.
    public let statistics: ReservationStatistics
    /// A summary for people.
    public let description: String

    init(
        plan: TorturePlan, seconds: Double, kills: Int, told: [Told], statistics: ReservationStatistics,
        violations: [String]
    ) {
        attempts = told.count
        self.kills = kills
        self.violations = violations
        self.statistics = statistics
        var counts: [String: (done: Int, replayed: Int, refused: Int, unknown: Int)] = [:]
        for entry in told {
            var count = counts[entry.kind] ?? (0, 0, 0, 0)
            switch entry.answer {
            case .done(_, isReplay: true): count.replayed += 1
            case .done: count.done += 1
            case .refused: count.refused += 1
            case .unknown: count.unknown += 1
            }
            counts[entry.kind] = count
        }
        var lines = [
            "seed \(plan.seed), \(plan.clients) clients, protocol \(plan.sabotage?.rawValue ?? "as it is")",
            "\(told.count) requests in \(Int(seconds)) s, PostgreSQL killed \(kills) times, \(statistics.retries) retries",
        ]
        for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "  \(kind): \(count.done) done, \(count.replayed) replayed, \(count.refused) refused, "
                    + "\(count.unknown) unknown")
        }
        lines += violations.isEmpty ? ["no violation"] : violations.map { "VIOLATION \($0)" }
        description = lines.joined(separator: "\n")
    }
}
