public import Foundation
import Postgres
public import Salons
public import Tenancy

/// What an operator sees of events and their consumers, and may do about them.
public struct EventAdministration: Sendable {
    /// How a consumer is doing.
    public struct ConsumerStatus: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Everything up to here is done, dead or skipped.
        public let mark: EventPosition
        /// When an operator retired it; nil while it is followed for.
        public let retiredAt: Date?
        /// Events that wait, of whatever kind.
        public let depth: Int
        /// When the oldest of them was written; nil when none waits.
        public let oldest: Date?
        /// Events that are tried again, or wait behind such a one.
        public let failing: Int
        /// Events that were given up.
        public let dead: Int
    }

    /// An event that a consumer could not do.
    public struct Failure: Sendable, Hashable {
        /// Whose failure it is.
        public let consumer: String
        /// The event.
        public let event: Event
        /// `waiting`, `dead` or `skipped`.
        public let state: String
        /// How often it was tried; 0 for one that waits behind another of its subject.
        public let attempts: Int
        /// What was thrown last.
        public let error: String?
    }

    private let database: ScopedDatabase

    /// Looks at this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// All consumers, by name.
    public func consumers() async throws -> [ConsumerStatus] {
        try await database.platformOnce(
            .events(), timeLimit: .seconds(5),
            """
            SELECT c.name, c.txid, c.id, c.retired_at,
                (SELECT count(*) FROM outbox o WHERE (o.txid, o.id) > (c.txid, c.id))
                    - (SELECT count(*) FROM inbox i WHERE i.consumer = c.name),
                (SELECT o.created_at FROM outbox o WHERE (o.txid, o.id) > (c.txid, c.id) ORDER BY o.txid, o.id LIMIT 1),
                (SELECT count(*) FROM failed_event f WHERE f.consumer = c.name AND f.state = 'waiting'),
                (SELECT count(*) FROM failed_event f WHERE f.consumer = c.name AND f.state = 'dead')
            FROM consumer c ORDER BY c.name
            """
        ).map { row in
            let (name, transaction, id, retiredAt, depth, oldest, failing, dead) = try row.decode(
                String.self, TransactionID.self, Int64.self, Date?.self, Int.self, Date?.self, Int.self, Int.self)
            return ConsumerStatus(
                name: name, mark: EventPosition(transaction: transaction.rawValue, id: id), retiredAt: retiredAt,
                depth: retiredAt == nil ? depth : 0, oldest: retiredAt == nil ? oldest : nil, failing: failing,
                dead: dead)
        }
    }

    /// The newest events, newest first.
    public func events(kind: String?, tenant: TenantID?, limit: Int) async throws -> [Event] {
        var condition: SQL = "true"
        if let kind { condition += " AND kind = \(kind)" }
        if let tenant { condition += " AND tenant_id = \(tenant.rawValue)" }
        return try await database.platformOnce(
            .events(), timeLimit: .seconds(30),
            """
            SELECT txid, id, tenant_id, kind, subject, revision, payload, created_at FROM outbox WHERE \(condition)
            ORDER BY txid DESC, id DESC LIMIT \(limit)
            """
        ).map { try ConsumerTable.event($0) }
    }

    /// Events that a consumer, or any, could not do, oldest first; skipped ones are not among them.
    public func failures(consumer: String?, limit: Int) async throws -> [Failure] {
        try await database.platformOnce(
            .events(),
            """
            SELECT o.txid, o.id, o.tenant_id, o.kind, o.subject, o.revision, o.payload, o.created_at,
                f.consumer, f.state, f.attempts, f.error
            FROM failed_event f JOIN outbox o ON o.txid = f.txid AND o.id = f.id
            WHERE f.state <> 'skipped' AND (\(nullable: consumer) IS NULL OR f.consumer = \(nullable: consumer))
            ORDER BY f.txid, f.id LIMIT \(limit)
            """
        ).map { row in
            Failure(
                consumer: try row.decode(String.self, column: "consumer"), event: try ConsumerTable.event(row),
                state: try row.decode(String.self, column: "state"),
                attempts: Int(try row.decode(Int32.self, column: "attempts")),
                error: try row.decode(String?.self, column: "error"))
        }
    }

    /// Has a dead event done once more; it is tried as often as a new one.
    public func replay(_ event: Int64, consumer: String) async throws {
        try await change(event, consumer: consumer, from: ["dead"], to: "waiting")
    }

    /// Has an event passed over by a consumer for good.
    public func skip(_ event: Int64, consumer: String) async throws {
        try await change(event, consumer: consumer, from: ["dead", "waiting"], to: "skipped")
    }

    private func change(_ event: Int64, consumer: String, from states: [String], to state: String) async throws {
        try await database.platform(.events()) { connection in
            // Whoever works for the consumer has this row.
            let known = try connection.query("SELECT FROM consumer WHERE name = \(consumer) FOR NO KEY UPDATE")
            guard known.count == 1 else { throw EventError.unknownConsumer(consumer) }
            let changed = try connection.query(
                """
                UPDATE failed_event SET state = \(state), attempts = 0, next_at = clock_timestamp()
                WHERE consumer = \(consumer) AND id = \(event) AND state = ANY (\(states)) RETURNING subject
                """)
            guard let row = changed.first else { throw EventError.unknownFailure(consumer: consumer, event: event) }
            let subject = try row.decode(UUID.self)
            try ConsumerTable(name: consumer).unblock(subject, at: Date(), connection)
        }
    }

    /// Ends a consumer: nobody follows for it any more, and no event is kept for it.
    public func retire(consumer: String) async throws {
        let count = try await database.platform(.events()) { connection in
            try connection.execute(
                "UPDATE consumer SET retired_at = clock_timestamp() WHERE name = \(consumer) AND retired_at IS NULL")
        }
        guard count == 1 else { throw EventError.unknownConsumer(consumer) }
    }
}
