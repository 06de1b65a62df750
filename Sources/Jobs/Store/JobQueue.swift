public import Foundation
import JSON
public import Postgres
public import Salons
public import Tenancy

/// The table of jobs.
///
/// Time is a parameter everywhere: what is due is due by the caller's clock, so that tests let days pass in no time.
public struct JobQueue: Sendable {
    let database: ScopedDatabase

    /// Works on this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// Runs a body in a transaction in which jobs can be made.
    public func transaction<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
        try await database.platform(.jobs(), body)
    }

    /// Makes a job, in the transaction of what causes it. False when one with the same `dedupe` is open already; it
    /// then stands for this one too.
    /// - Parameters:
    ///   - kind: what is to be done.
    ///   - arguments: of it; no personal data.
    ///   - tenant: whose job it is; nil for the platform's own.
    ///   - dedupe: what one open job of this kind and tenant is enough for; nil lets there be any number.
    ///   - instant: when it is due.
    ///   - now: the present by the caller's clock.
    @discardableResult
    public static func enqueue<Arguments>(
        _ kind: JobKind<Arguments>, _ arguments: Arguments, tenant: TenantID?, dedupe: String?, at instant: Date,
        now: Date, _ connection: isolated Connection
    ) throws -> Bool {
        try insert(
            kind.name, JSONB(arguments.json.bytes), priority: kind.priority, attempts: kind.attempts,
            tenant: tenant, dedupe: dedupe, at: instant, now: now, connection)
    }

    static func insert(
        _ kind: String, _ arguments: JSONB, priority: JobPriority, attempts: Int, tenant: TenantID?, dedupe: String?,
        at instant: Date, now: Date, _ connection: isolated Connection
    ) throws -> Bool {
        // What is due is ready at once, unless its kind is paused.
        try connection.execute(
            """
            INSERT INTO job (tenant_id, kind, arguments, dedupe, priority, max_attempts, run_at, created_at, state)
            SELECT \(nullable: tenant?.rawValue), \(kind), \(arguments), \(nullable: dedupe), \(priority.rawValue),
                \(Int32(attempts)), \(instant), \(now),
                CASE WHEN \(instant) <= \(now)
                    AND NOT EXISTS (SELECT FROM paused_job_kind WHERE kind = \(kind))
                THEN 'ready' ELSE 'scheduled' END
            ON CONFLICT (turn, kind, dedupe) WHERE state IN ('scheduled', 'ready', 'running') DO NOTHING
            """) == 1
    }
}
