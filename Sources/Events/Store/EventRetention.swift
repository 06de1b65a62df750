public import Foundation
import Postgres
public import Tenancy

/// Removes events that nobody needs any more: old ones that every consumer has passed.
///
/// In the order in which they are read and in small transactions, so that the work is done by the index of that order
/// and holds no follower up. Events that a consumer could not do are kept: they may be replayed.
public struct EventRetention: Sendable {
    /// What a run has done.
    public struct Report: Sendable, Hashable {
        /// Events removed.
        public var removed = 0
        /// A consumer that has not passed events that are old enough to go, and when it was given the oldest of them.
        public var heldBack: (consumer: String, since: Date)?

        /// By all members.
        public static func == (one: Report, other: Report) -> Bool {
            one.removed == other.removed && one.heldBack?.consumer == other.heldBack?.consumer
                && one.heldBack?.since == other.heldBack?.since
        }

        /// By all members.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(removed)
            hasher.combine(heldBack?.consumer)
            hasher.combine(heldBack?.since)
        }
    }

    private let database: ScopedDatabase
    private let batch: Int

    /// Works on this database, so many events a transaction.
    public init(_ database: ScopedDatabase, batch: Int = 2_000) {
        self.database = database
        self.batch = batch
    }

    /// Removes what was written before an instant.
    public func prune(before instant: Date) async throws -> Report {
        var report = Report()
        var cursor = EventPosition.start
        while let step = try await pruneOnce(before: instant, after: cursor) {
            report.removed += step.removed
            cursor = step.last
        }
        report.heldBack = try await slowest(before: instant)
        return report
    }

    /// Nil when nothing was left to look at.
    private func pruneOnce(
        before instant: Date, after cursor: EventPosition
    ) async throws -> (removed: Int, last: EventPosition)? {
        try await database.platform(.events()) { connection in
            let rows = try connection.query(
                """
                WITH slowest AS (
                    SELECT txid, id FROM consumer WHERE retired_at IS NULL ORDER BY txid, id LIMIT 1
                ), looked AS (
                    SELECT o.tenant_id, o.txid, o.id, o.created_at < \(instant) AS is_old FROM outbox o
                    WHERE (o.txid, o.id) > (\(TransactionID(rawValue: cursor.transaction)), \(cursor.id))
                        AND o.txid < pg_snapshot_xmin(pg_current_snapshot())
                        AND NOT EXISTS (SELECT FROM slowest s WHERE (o.txid, o.id) > (s.txid, s.id))
                    ORDER BY o.txid, o.id LIMIT \(batch)
                ), gone AS (
                    DELETE FROM outbox o USING looked l
                    WHERE o.tenant_id = l.tenant_id AND o.id = l.id AND l.is_old
                        AND NOT EXISTS (SELECT FROM failed_event f WHERE f.txid = o.txid AND f.id = o.id)
                    RETURNING o.id
                )
                SELECT txid, id, (SELECT count(*) FROM gone) FROM looked WHERE is_old
                ORDER BY txid DESC, id DESC LIMIT 1
                """)
            guard let row = rows.first else { return nil }
            let (transaction, id, removed) = try row.decode(TransactionID.self, Int64.self, Int.self)
            try connection.execute(
                """
                UPDATE outbox_floor SET txid = \(transaction), id = \(id) WHERE (txid, id) < (\(transaction), \(id))
                """)
            return (removed, EventPosition(transaction: transaction.rawValue, id: id))
        }
    }

    private func slowest(before instant: Date) async throws -> (consumer: String, since: Date)? {
        let rows = try await database.platformOnce(
            .events(),
            """
            SELECT c.name, o.created_at FROM (
                SELECT name, txid, id FROM consumer WHERE retired_at IS NULL ORDER BY txid, id LIMIT 1) AS c
            CROSS JOIN LATERAL (
                SELECT created_at FROM outbox WHERE (txid, id) > (c.txid, c.id) ORDER BY txid, id LIMIT 1) AS o
            WHERE o.created_at < \(instant)
            """)
        return try rows.first?.decode(String.self, Date.self)
    }
}
