import Foundation
import Postgres
import Salons
import Tenancy

/// The rows of one consumer: its mark, what it has done beyond it, and what it could not do.
struct ConsumerTable: Sendable {
    let name: String

    struct Place: Sendable {
        let mark: EventPosition
        let isRetired: Bool
    }

    /// An event that waits for its next attempt.
    struct Due: Sendable {
        let event: Event
        let attempts: Int
    }

    /// An event that was not looked at before, and whether it must wait behind another of its subject.
    struct Fresh: Sendable {
        let event: Event
        let isBlocked: Bool
    }

    // MARK: Before a transaction

    /// Makes a consumer known if it is not; whether the database was restored since somebody last did.
    static func register(_ name: String, in database: ScopedDatabase) async throws -> Bool {
        try await database.platform(.events()) { connection in
            let isRestored = try connection.query("SELECT settle_incarnation()")[0].decode(Bool.self)
            try connection.execute(
                """
                INSERT INTO consumer (name, txid, id) SELECT \(name), txid, id FROM outbox_floor
                ON CONFLICT DO NOTHING
                """)
            return isRestored
        }
    }

    /// Whether a transaction would find something to do; takes no lock, so that idle consumers cost nothing.
    static func hasWork(
        _ name: String, beyond head: EventPosition, at now: Date, in database: ScopedDatabase
    ) async throws -> Bool {
        let rows = try await database.platformOnce(
            .events(), timeLimit: .seconds(5),
            """
            SELECT EXISTS (
                SELECT FROM failed_event WHERE consumer = \(name) AND state = 'waiting' AND next_at <= \(now))
            OR EXISTS (
                SELECT FROM outbox WHERE (txid, id) > (c.txid, c.id)
                    AND (txid, id) > (\(TransactionID(rawValue: head.transaction)), \(head.id))
                    AND txid < pg_snapshot_xmin(pg_current_snapshot()))
            OR (c.txid, c.id) < (\(TransactionID(rawValue: head.transaction)), \(head.id)) AND NOT EXISTS (
                SELECT FROM failed_event WHERE consumer = \(name) AND state = 'waiting' AND (txid, id) > (c.txid, c.id))
            FROM consumer c WHERE name = \(name)
            """)
        guard let row = rows.first else { throw EventError.unknownConsumer(name) }
        return try row.decode(Bool.self)
    }

    // MARK: In a transaction

    /// Locks the consumer's row; nil when somebody else has it.
    func take(_ connection: isolated Connection) throws -> Place? {
        // A process that was stopped in mid-transaction must not keep the row for good.
        try connection.executeScript(unsafe: "SET LOCAL idle_in_transaction_session_timeout = '30s'")
        let rows = try connection.query(
            """
            SELECT txid, id, retired_at IS NOT NULL FROM consumer WHERE name = \(name) FOR NO KEY UPDATE SKIP LOCKED
            """)
        guard let row = rows.first else { return nil }
        let (transaction, id, isRetired) = try row.decode(TransactionID.self, Int64.self, Bool.self)
        return Place(mark: EventPosition(transaction: transaction.rawValue, id: id), isRetired: isRetired)
    }

    /// Events whose next attempt is due, oldest first.
    func due(at now: Date, limit: Int, _ connection: isolated Connection) throws -> [Due] {
        try connection.query(
            """
            SELECT o.txid, o.id, o.tenant_id, o.kind, o.subject, o.revision, o.payload, o.created_at, f.attempts
            FROM failed_event f JOIN outbox o ON o.txid = f.txid AND o.id = f.id
            WHERE f.consumer = \(name) AND f.state = 'waiting' AND f.next_at <= \(now)
            ORDER BY f.txid, f.id LIMIT \(limit)
            """
        ).map { row in
            Due(event: try Self.event(row), attempts: try Int(row.decode(Int32.self, column: "attempts")))
        }
    }

    /// Settled events after a place that were neither done nor tried, and the last place that was looked at.
    func page(
        after position: EventPosition, kinds: [String], limit: Int, _ connection: isolated Connection
    ) throws -> (events: [Fresh], end: EventPosition?) {
        let rows = try connection.query(
            """
            SELECT txid, id, tenant_id, kind, subject, revision, payload, created_at, is_new, EXISTS (
                    SELECT FROM failed_event f
                    WHERE f.consumer = \(name) AND f.subject = e.subject AND f.state = 'waiting') AS is_blocked
            FROM (
                SELECT *, lead(id) OVER (ORDER BY txid, id) IS NULL AS is_last,
                    kind = ANY (\(kinds))
                        AND NOT EXISTS (
                            SELECT FROM inbox i WHERE i.consumer = \(name) AND i.txid = page.txid AND i.id = page.id)
                        AND NOT EXISTS (
                            SELECT FROM failed_event f
                            WHERE f.consumer = \(name) AND f.txid = page.txid AND f.id = page.id) AS is_new
                FROM (
                    SELECT * FROM outbox
                    WHERE (txid, id) > (\(TransactionID(rawValue: position.transaction)), \(position.id))
                        AND txid < pg_snapshot_xmin(pg_current_snapshot())
                    ORDER BY txid, id LIMIT \(limit)) AS page
            ) AS e
            WHERE is_new OR is_last ORDER BY txid, id
            """)
        var (events, end): ([Fresh], EventPosition?) = ([], nil)
        for row in rows {
            let event = try Self.event(row)
            end = event.position
            guard try row.decode(Bool.self, column: "is_new") else { continue }
            events.append(Fresh(event: event, isBlocked: try row.decode(Bool.self, column: "is_blocked")))
        }
        return (events, end)
    }

    /// Notes that an event could not be done, or waits behind one that could not.
    func fail(
        _ event: Event, attempts: Int, error: String?, next: Date, isDead: Bool, _ connection: isolated Connection
    ) throws {
        let state = isDead ? "dead" : "waiting"
        try connection.execute(
            """
            INSERT INTO failed_event (consumer, txid, id, subject, state, attempts, error, next_at)
            VALUES (\(name), \(TransactionID(rawValue: event.position.transaction)), \(event.position.id),
                \(event.subject), \(state), \(Int32(attempts)), \(nullable: error), \(next))
            ON CONFLICT (consumer, txid, id) DO UPDATE
            SET state = EXCLUDED.state, attempts = EXCLUDED.attempts,
                error = coalesce(EXCLUDED.error, failed_event.error), next_at = EXCLUDED.next_at
            """)
    }

    /// Forgets that an event could not be done: now it is.
    func settle(_ event: Event, at now: Date, _ connection: isolated Connection) throws {
        try connection.execute(
            """
            DELETE FROM failed_event WHERE consumer = \(name)
                AND txid = \(TransactionID(rawValue: event.position.transaction)) AND id = \(event.position.id)
            """)
        try unblock(event.subject, at: now, connection)
    }

    /// Lets the first of those that wait behind an event of a subject be tried.
    func unblock(_ subject: UUID, at now: Date, _ connection: isolated Connection) throws {
        try connection.execute(
            """
            UPDATE failed_event SET next_at = least(next_at, \(now)) WHERE (consumer, txid, id) = (
                SELECT consumer, txid, id FROM failed_event
                WHERE consumer = \(name) AND subject = \(subject) AND state = 'waiting' ORDER BY txid, id LIMIT 1)
            """)
    }

    /// Moves the mark as far as nothing waits before it, and remembers what is done beyond it.
    func move(
        from mark: EventPosition, to head: EventPosition, done: [Event], _ connection: isolated Connection
    ) throws {
        let waiting = try connection.query(
            """
            SELECT txid, id FROM failed_event WHERE consumer = \(name) AND state = 'waiting'
                AND (txid, id) > (\(TransactionID(rawValue: mark.transaction)), \(mark.id))
            ORDER BY txid, id LIMIT 1
            """
        ).first
        var place = head
        if let waiting {
            let (transaction, id) = try waiting.decode(TransactionID.self, Int64.self)
            place = EventPosition(transaction: transaction.rawValue, id: id - 1)
        }
        let beyond = done.map(\.position).filter { $0 > place }
        if !beyond.isEmpty {
            try connection.execute(
                """
                INSERT INTO inbox (consumer, txid, id) SELECT \(name), txid, id
                FROM unnest(\(beyond.map { TransactionID(rawValue: $0.transaction) }), \(beyond.map(\.id)))
                    AS place (txid, id)
                """)
        }
        guard place != mark else { return }
        let transaction = TransactionID(rawValue: place.transaction)
        try connection.execute("UPDATE consumer SET txid = \(transaction), id = \(place.id) WHERE name = \(name)")
        try connection.execute(
            "DELETE FROM inbox WHERE consumer = \(name) AND (txid, id) <= (\(transaction), \(place.id))")
    }

    static func event(_ row: Postgres.Row) throws -> Event {
        let (transaction, id, tenant, kind, subject, revision, payload, writtenAt) = try row.decode(
            TransactionID.self, Int64.self, UUID.self, String.self, UUID.self, Int64?.self, JSONB?.self, Date.self)
        return Event(
            position: EventPosition(transaction: transaction.rawValue, id: id), tenant: TenantID(tenant), kind: kind,
            subject: subject, revision: revision, payload: payload?.bytes, writtenAt: writtenAt, isSettled: true)
    }
}
