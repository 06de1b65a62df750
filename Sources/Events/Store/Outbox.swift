import Foundation
import Postgres
import Salons
public import Tenancy

/// The outbox of a database, for all followers of this process. Those in memory read positions and subjects, no
/// payloads.
public struct Outbox: EventReading {
    let database: ScopedDatabase
    private let signal = EventSignal()
    private let access = PlatformAccess.feed()
    /// A look at the outbox takes milliseconds; one that takes this long has failed.
    private static let patience = Duration.seconds(5)

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// Has all followers look at once: call it when the database notifies.
    public func wake() {
        signal.call()
    }

    /// From ``wake()``.
    public func calls() -> AsyncStream<Void> {
        signal.calls()
    }

    /// In one round trip. The place of an event that was seen, and not of the oldest transaction: a server that crashed
    /// may give numbers that nobody has seen a second time.
    public func lastSettled() async throws -> EventPosition {
        let row = try await database.platformOnce(
            access, timeLimit: Self.patience,
            """
            (SELECT txid, id FROM outbox WHERE txid < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY txid DESC, id DESC LIMIT 1)
            UNION ALL SELECT txid, id FROM outbox_floor ORDER BY 1 DESC, 2 DESC LIMIT 1
            """)[0]
        let (transaction, id) = try row.decode(TransactionID.self, Int64.self)
        return EventPosition(transaction: transaction.rawValue, id: id)
    }

    /// In one statement, so of one snapshot.
    public func page(after position: EventPosition, kinds: [String], limit: Int) async throws -> EventPage {
        let rows = try await database.platformOnce(
            access, timeLimit: Self.patience,
            """
            SELECT pg_snapshot_xmin(pg_current_snapshot()), f.txid, f.id, e.count, e.wanted, e.txid, e.id, e.tenant_id,
                e.kind, e.subject, e.revision, e.created_at
            FROM outbox_floor f LEFT JOIN LATERAL (
                SELECT *, kind = ANY (\(kinds)) AS wanted, count(*) OVER () AS count,
                    lead(id) OVER place IS NULL AS is_last,
                    txid < pg_snapshot_xmin(pg_current_snapshot())
                        AND coalesce(lead(txid) OVER place >= pg_snapshot_xmin(pg_current_snapshot()), true)
                        AS is_last_settled
                FROM (
                    SELECT txid, id, tenant_id, kind, subject, revision, created_at FROM outbox
                    WHERE (txid, id) > (\(TransactionID(rawValue: position.transaction)), \(position.id))
                    ORDER BY txid, id LIMIT \(limit)) AS page
                WINDOW place AS (ORDER BY txid, id)
            ) AS e ON wanted OR is_last OR is_last_settled
            ORDER BY e.txid, e.id
            """)
        return try Self.page(rows, limit: limit)
    }

    private static func page(_ rows: Rows, limit: Int) throws -> EventPage {
        let (horizon, floorTransaction, floorID, count) = try rows[0].decode(
            TransactionID.self, TransactionID.self, Int64.self, Int64?.self)
        var (events, last, lastSettled): ([Event], EventPosition?, EventPosition?) = ([], nil, nil)
        for row in rows where count != nil {
            let (_, _, _, _, isWanted, transaction, id, tenant, kind, subject, revision, writtenAt) = try row.decode(
                TransactionID.self, TransactionID.self, Int64.self, Int64.self, Bool.self, TransactionID.self,
                Int64.self, UUID.self, String.self, UUID.self, Int64?.self, Date.self)
            let position = EventPosition(transaction: transaction.rawValue, id: id)
            let isSettled = transaction.rawValue < horizon.rawValue
            last = position
            if isSettled { lastSettled = position }
            guard isWanted else { continue }
            events.append(
                Event(
                    position: position, tenant: TenantID(tenant), kind: kind, subject: subject, revision: revision,
                    writtenAt: writtenAt, isSettled: isSettled))
        }
        return EventPage(
            events: events, last: last, lastSettled: lastSettled, horizon: horizon.rawValue,
            floor: EventPosition(transaction: floorTransaction.rawValue, id: floorID),
            isLast: (count ?? 0) < Int64(limit))
    }
}
