import Audit
import DataEncodings
import Events
import Foundation
import Jobs
import Logging
import Tenancy

/// The jobs that keep the platform's own tables in order, and look whether the audit log is as it was written.
struct Maintenance: Sendable {
    let database: ScopedDatabase
    let queue: JobQueue
    let tenants: TenantRepository
    /// How long events are kept that everybody has passed.
    let retention: Duration
    let logger: Logger

    /// Removes old events.
    static let pruneEvents = JobKind("events.prune", arguments: NoArguments.self, priority: .low)
    /// Removes jobs that ended without success long ago.
    static let cleanJobs = JobKind("jobs.clean", arguments: NoArguments.self, priority: .low)
    /// Makes one job a tenant of the next kind.
    static let verifyAudits = JobKind("audit.verify_all", arguments: NoArguments.self, priority: .low)
    /// Recomputes the hashes of a tenant's audit log.
    static let verifyAudit = JobKind("audit.verify", arguments: NoArguments.self, priority: .low)

    static let periodic = [
        PeriodicJob(pruneEvents, every: .seconds(600)), PeriodicJob(cleanJobs, every: .seconds(3_600)),
        PeriodicJob(verifyAudits, every: .seconds(86_400)),
    ]
    /// Dead and cancelled jobs can be looked at for two weeks.
    private static let jobRetention = 14.0 * 86_400

    var handlers: [JobHandler] {
        [
            JobHandler(Self.pruneEvents) { _, run in try await prune(run.now) },
            JobHandler(Self.cleanJobs) { _, run in
                _ = try await queue.clean(endedBefore: run.now - Self.jobRetention)
            },
            JobHandler(Self.verifyAudits) { _, run in try await verifyAll(run.now) },
            JobHandler(Self.verifyAudit) { _, run in
                if let scope = run.scope { try await verify(scope) }
            },
        ]
    }

    private func prune(_ now: Date) async throws {
        let report = try await EventRetention(database).prune(before: now - retention / .seconds(1))
        if report.removed > 0 { logger.info("removed old events", metadata: ["events": "\(report.removed)"]) }
        if let slow = report.heldBack {
            logger.warning(
                "Old events are kept because a consumer has not passed them; mend it, or retire it.",
                metadata: ["consumer": "\(slow.consumer)", "since": "\(slow.since.formatted(.iso8601))"])
        }
    }

    private func verifyAll(_ now: Date) async throws {
        let all = try await tenants.list().map(\.id)
        try await queue.transaction { connection in
            for tenant in all {
                try JobQueue.enqueue(
                    Self.verifyAudit, NoArguments(), tenant: tenant, dedupe: "daily", at: now, now: now, connection)
            }
        }
    }

    private func verify(_ scope: TenantScope) async throws {
        let verdict = try await AuditLog(database).verify(scope)
        // Whoever keeps logs elsewhere can hold a later log against this line.
        let metadata: Logger.Metadata = [
            "tenant": "\(scope.audience)", "entries": "\(verdict.count)", "head": "\(Base16.text(verdict.head))",
        ]
        if let fault = verdict.fault {
            logger.critical(
                "The audit log is not as it was written.",
                metadata: metadata.merging(["fault": "\(fault)"]) { $1 })
        } else {
            logger.info("The audit log is as it was written.", metadata: metadata)
        }
    }
}
