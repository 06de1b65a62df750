public import Foundation
import Postgres
public import Salons
public import Tenancy

/// What an operator sees of jobs, and may do about them.
public struct JobAdministration: Sendable {
    /// A job that is not done.
    public struct Listing: Sendable, Hashable {
        /// Its number.
        public let id: Int64
        /// Whose it is; nil for one of the platform.
        public let tenant: TenantID?
        /// What is to be done.
        public let kind: String
        /// `scheduled`, `ready`, `running`, `dead` or `cancelled`.
        public let state: String
        /// When it is due, or was.
        public let runAt: Date
        /// How often it was tried, the present time included.
        public let attempt: Int
        /// Attempts until it is dead.
        public let attempts: Int
        /// What was thrown last.
        public let error: String?
    }

    /// How many jobs of a kind are in a state.
    public struct Count: Sendable, Hashable {
        /// The kind.
        public let kind: String
        /// The state.
        public let state: String
        /// How many.
        public let count: Int
        /// When the one that is due longest was due.
        public let oldest: Date
    }

    private let database: ScopedDatabase
    private let now: @Sendable () -> Date

    /// Looks at this database.
    public init(_ database: ScopedDatabase, now: @escaping @Sendable () -> Date = { Date() }) {
        self.database = database
        self.now = now
    }

    /// Jobs, those that are due first.
    public func list(state: String?, kind: String?, limit: Int) async throws -> [Listing] {
        try await database.platformOnce(
            .jobs(),
            """
            SELECT id, tenant_id, kind, state, run_at, attempt, max_attempts, error FROM job
            WHERE (\(nullable: state) IS NULL OR state = \(nullable: state))
                AND (\(nullable: kind) IS NULL OR kind = \(nullable: kind))
            ORDER BY run_at, id LIMIT \(limit)
            """
        ).map { row in
            let (id, tenant, kind, state, runAt, attempt, attempts, error) = try row.decode(
                Int64.self, UUID?.self, String.self, String.self, Date.self, Int32.self, Int32.self, String?.self)
            return Listing(
                id: id, tenant: tenant.map { TenantID($0) }, kind: kind, state: state, runAt: runAt,
                attempt: Int(attempt), attempts: Int(attempts), error: error)
        }
    }

    /// By kind and state.
    public func counts() async throws -> [Count] {
        try await database.platformOnce(
            .jobs(), timeLimit: .seconds(5),
            "SELECT kind, state, count(*), min(run_at) FROM job GROUP BY kind, state ORDER BY kind, state"
        ).map { row in
            let (kind, state, count, oldest) = try row.decode(String.self, String.self, Int.self, Date.self)
            return Count(kind: kind, state: state, count: count, oldest: oldest)
        }
    }

    /// Has a job tried now that is dead, cancelled, or waits for its next attempt; as often as a new one.
    public func retry(_ id: Int64) async throws {
        let present = now()
        try await change(
            id, wanted: "dead, cancelled or waiting",
            """
            UPDATE job SET state = 'ready', attempt = 0, run_at = \(present), finished_at = NULL
            WHERE id = \(id) AND state IN ('dead', 'cancelled', 'scheduled')
            """)
    }

    /// Has a job not done. One that runs cannot finish any more and is told to stop when its lease is to be renewed.
    public func cancel(_ id: Int64) async throws {
        let present = now()
        try await change(
            id, wanted: "open",
            """
            UPDATE job SET state = 'cancelled', lease = NULL, leased_until = NULL, finished_at = \(present)
            WHERE id = \(id) AND state IN ('scheduled', 'ready', 'running')
            """)
    }

    private func change(_ id: Int64, wanted: String, _ statement: SQL) async throws {
        let count = try await database.platformOnce(.jobs(), statement).affected
        guard count == 1 else { throw JobError.unknownJob(id, wanted: wanted) }
    }

    /// Hands out no more jobs of a kind; those that run go on.
    public func pause(kind: String) async throws {
        let present = now()
        try await database.platform(.jobs()) { connection in
            try connection.execute(
                "INSERT INTO paused_job_kind (kind, paused_at) VALUES (\(kind), \(present)) ON CONFLICT DO NOTHING")
            try connection.execute("UPDATE job SET state = 'scheduled' WHERE kind = \(kind) AND state = 'ready'")
        }
    }

    /// Hands out jobs of a kind again; whether it was paused.
    public func resume(kind: String) async throws -> Bool {
        try await database.platformOnce(.jobs(), "DELETE FROM paused_job_kind WHERE kind = \(kind)").affected == 1
    }

    /// The kinds that are paused.
    public func paused() async throws -> [String] {
        try await database.platformOnce(.jobs(), "SELECT kind FROM paused_job_kind ORDER BY kind")
            .map { try $0.decode(String.self) }
    }
}
