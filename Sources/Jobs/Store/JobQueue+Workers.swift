import Foundation
import Postgres
import Salons
import Tenancy

/// A job that a worker has for a while.
struct ClaimedJob: Sendable {
    let id: Int64
    let tenant: TenantID?
    /// Whose turn it was.
    let turn: UUID
    let kind: String
    let arguments: JSONB
    let attempt: Int
    let lease: Int64
}

extension JobQueue {
    /// A look at the table takes milliseconds; one that takes this long has failed.
    private static let patience = Duration.seconds(5)

    /// Takes jobs, and commits. Whoever has one must renew the lease, or it is given to another.
    func claim(
        kinds: [String], atMost limit: Int, after turn: UUID, now: Date, lease: Duration
    ) async throws -> [ClaimedJob] {
        try await database.platformOnce(
            .jobs(), timeLimit: Self.patience,
            """
            SELECT id, tenant_id, turn, kind, arguments, attempt, lease
            FROM claim_jobs(\(kinds), \(Int32(limit)), \(turn), \(now), \(lease / .seconds(1)))
            """
        ).map { row in
            let (id, tenant, turn, kind, arguments, attempt, lease) = try row.decode(
                Int64.self, UUID?.self, UUID.self, String.self, JSONB.self, Int32.self, Int64.self)
            return ClaimedJob(
                id: id, tenant: tenant.map { TenantID($0) }, turn: turn, kind: kind, arguments: arguments,
                attempt: Int(attempt), lease: lease)
        }
    }

    /// Renews leases; the numbers of the jobs that are still the caller's.
    func renew(_ jobs: [ClaimedJob], now: Date, lease: Duration) async throws -> Set<Int64> {
        let rows = try await database.platformOnce(
            .jobs(), timeLimit: Self.patience,
            """
            UPDATE job SET leased_until = \(now + lease / .seconds(1))
            FROM unnest(\(jobs.map(\.id)), \(jobs.map(\.lease))) AS mine (id, lease)
            WHERE job.id = mine.id AND job.lease = mine.lease RETURNING job.id
            """)
        return Set(try rows.map { try $0.decode(Int64.self) })
    }

    /// Removes a job that is done. False when the lease had gone to another: then this says nothing.
    func complete(_ job: ClaimedJob) async throws -> Bool {
        try await database.platformOnce(
            .jobs(), timeLimit: Self.patience, "DELETE FROM job WHERE id = \(job.id) AND lease = \(job.lease)"
        ).affected == 1
    }

    /// Has a job tried again later, or gives it up. Nil when the lease had gone to another, else whether it is dead.
    func fail(_ job: ClaimedJob, error: String, retryAt: Date, now: Date) async throws -> Bool? {
        try await database.platformOnce(
            .jobs(), timeLimit: Self.patience,
            """
            UPDATE job SET lease = NULL, leased_until = NULL, error = \(error), run_at = \(retryAt),
                state = CASE WHEN attempt >= max_attempts THEN 'dead' ELSE 'scheduled' END,
                finished_at = CASE WHEN attempt >= max_attempts THEN \(now) END
            WHERE id = \(job.id) AND lease = \(job.lease) RETURNING state = 'dead'
            """
        ).first?.decode(Bool.self)
    }

    /// Gives a job back that was not worked at to its end, as if it had not been taken.
    func release(_ job: ClaimedJob) async throws {
        _ = try await database.platformOnce(
            .jobs(), timeLimit: Self.patience,
            """
            UPDATE job SET state = 'ready', lease = NULL, leased_until = NULL, attempt = attempt - 1
            WHERE id = \(job.id) AND lease = \(job.lease)
            """)
    }
}
