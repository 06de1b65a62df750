public import Jobs
public import Tenancy

/// What reservations have done again and again.
public enum ReservationJobs {
    /// Ends holds whose time is over, so that their time is offered again. Without it a booking ends the holds in its
    /// own way.
    public static let sweepHolds = JobKind(
        "holds.sweep", arguments: NoArguments.self, priority: .urgent, retryPause: .seconds(1))
    /// Forgets what old requests were answered.
    public static let forgetKeys = JobKind("keys.forget", arguments: NoArguments.self, priority: .low)

    /// When they are made.
    public static let periodic = [
        PeriodicJob(sweepHolds, every: .seconds(1)), PeriodicJob(forgetKeys, every: .seconds(600)),
    ]

    /// How they are worked at.
    public static func handlers(_ reservations: Reservations, _ database: ScopedDatabase) -> [JobHandler] {
        [
            JobHandler(sweepHolds) { _, _ in _ = try await HoldSweeper(database).sweep() },
            JobHandler(forgetKeys) { _, _ in
                // Nobody sends a request again after days, nor one that was refused after an hour.
                _ = try await reservations.forgetKeys(olderThan: .seconds(3 * 86_400), refusals: .seconds(3_600))
            },
        ]
    }
}
