public import Foundation
import Postgres
import Tenancy

extension JobQueue {
    /// Makes what is due ready; how many jobs that were.
    func promote(now: Date, atMost limit: Int = 1_000) async throws -> Int {
        try await database.platformOnce(
            .jobs(),
            """
            UPDATE job SET state = 'ready' WHERE id = ANY (ARRAY(
                SELECT id FROM job j WHERE state = 'scheduled' AND run_at <= \(now)
                    AND NOT EXISTS (SELECT FROM paused_job_kind p WHERE p.kind = j.kind)
                ORDER BY run_at LIMIT \(limit) FOR UPDATE SKIP LOCKED))
            """
        ).affected
    }

    /// Takes jobs from workers that have gone away, and gives up those that have taken too many with them: how many of
    /// each.
    func rescue(now: Date) async throws -> (rescued: Int, dead: Int) {
        let row = try await database.platformOnce(
            .jobs(),
            """
            WITH rescued AS (
                UPDATE job SET lease = NULL, leased_until = NULL, error = 'its worker went away',
                    state = CASE WHEN attempt >= max_attempts THEN 'dead' ELSE 'ready' END,
                    finished_at = CASE WHEN attempt >= max_attempts THEN \(now) END
                WHERE id = ANY (ARRAY(
                    SELECT id FROM job WHERE state = 'running' AND leased_until < \(now) FOR UPDATE SKIP LOCKED))
                RETURNING state
            )
            SELECT count(*) FILTER (WHERE state = 'ready'), count(*) FILTER (WHERE state = 'dead') FROM rescued
            """)[0]
        let (rescued, dead) = try row.decode(Int.self, Int.self)
        return (rescued, dead)
    }

    /// Makes the periodic jobs whose time has come; how many that were.
    func makePeriodic(_ jobs: [PeriodicJob], now: Date) async throws -> Int {
        // Mostly none, which is found out without a lock.
        let known = try await database.platformOnce(.jobs(), "SELECT kind, next_at FROM periodic_job").map { row in
            try row.decode(String.self, Date.self)
        }
        let next = Dictionary(known) { $1 }
        let jobs = jobs.filter { job in
            next[job.kind].map { $0 <= now || $0 > now + job.interval / .seconds(1) } ?? true
        }
        guard !jobs.isEmpty else { return 0 }
        return try await transaction { connection in
            var made = 0
            // In one order, so that two instances do not wait for each other crosswise.
            for job in jobs.sorted(by: { $0.kind < $1.kind }) {
                let next = now + job.interval / .seconds(1)
                // An interval that was shortened holds at once.
                let due = try connection.query(
                    """
                    INSERT INTO periodic_job AS p (kind, next_at) VALUES (\(job.kind), \(next))
                    ON CONFLICT (kind) DO UPDATE SET next_at = \(next) WHERE p.next_at <= \(now) OR p.next_at > \(next)
                    RETURNING p.kind
                    """)
                guard !due.isEmpty else { continue }
                let isNew = try Self.insert(
                    job.kind, JSONB("{}"), priority: job.priority, attempts: job.attempts, tenant: nil,
                    dedupe: "periodic", at: now, now: now, connection)
                made += isNew ? 1 : 0
            }
            return made
        }
    }

    /// Removes jobs that ended without success before an instant; how many that were.
    public func clean(endedBefore instant: Date) async throws -> Int {
        var total = 0
        while true {
            let count = try await database.platformOnce(
                .jobs(),
                """
                DELETE FROM job WHERE id = ANY (ARRAY(
                    SELECT id FROM job WHERE state IN ('dead', 'cancelled') AND finished_at < \(instant)
                    ORDER BY finished_at LIMIT 1000))
                """
            ).affected
            total += count
            if count < 1_000 { return total }
        }
    }
}
