public import Foundation
import Postgres
public import Salons
public import Scheduling
public import Tenancy

/// What changes in calendars, in the order of the outbox, for those who keep copies of them.
public struct CalendarFeed: Sendable {
    /// A place in the outbox.
    public struct Position: Sendable, Hashable, CustomStringConvertible {
        /// Of the transaction.
        public let transaction: UInt64
        /// Of the event.
        public let id: Int64

        /// A place; an `id` of 0 is before all events of the transaction.
        public init(transaction: UInt64, id: Int64) {
            self.transaction = transaction
            self.id = id
        }

        /// Transaction and event.
        public var description: String { "\(transaction)/\(id)" }
    }

    /// One event.
    public struct Event: Sendable, Hashable {
        /// What has changed.
        public enum Change: Sendable, Hashable {
            /// When a person is free; the epoch is the one that the change brought.
            case staff(StaffID, epoch: Int64)
            /// A roster; the revision is the one that the change brought.
            case roster(SalonID, revision: Int64)
            /// A salon is no more.
            case gone(SalonID)
        }

        /// Where it stands.
        public let position: Position
        /// What has changed.
        public let change: Change
        /// When it was written, shortly before its transaction was committed, by the database's clock.
        public let writtenAt: Date
        /// Whether all transactions up to its own have ended, so that nothing can come before it any more.
        public let isSettled: Bool
    }

    /// A part of the feed, all of one moment.
    public struct Page: Sendable {
        /// In order; the settled ones come first.
        public let events: [Event]
        /// Before all transactions that have not ended.
        public let horizon: Position
        /// Whether there were no more than these.
        public let isLast: Bool

        /// Gathers a part.
        public init(events: [Event], horizon: Position, isLast: Bool) {
            self.events = events
            self.horizon = horizon
            self.isLast = isLast
        }
    }

    /// Where a salon's calendar stands.
    public struct Version: Sendable, Hashable {
        /// The business that owns it.
        public let tenant: TenantID
        /// Of the roster.
        public let revision: Int64
        /// Of everyone who works there.
        public let epochs: [StaffID: Int64]

        /// Describes where one stands.
        public init(tenant: TenantID, revision: Int64, epochs: [StaffID: Int64]) {
            self.tenant = tenant
            self.revision = revision
            self.epochs = epochs
        }
    }

    private let database: ScopedDatabase
    private let access = PlatformAccess.feed()
    /// A look at the feed takes milliseconds; one that takes this long has failed.
    private static let patience = Duration.seconds(5)

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// Where a reader that begins to keep copies now must begin to follow the events.
    public func position() async throws -> Position {
        let rows = try await database.platformOnce(
            access, timeLimit: Self.patience, "SELECT pg_snapshot_xmin(pg_current_snapshot())")
        return Position(transaction: try rows[0].decode(TransactionID.self).rawValue, id: 0)
    }

    /// All events after a place that have been committed, at most `limit`.
    ///
    /// Events of transactions that began after one that still runs are among them, marked as not settled: what they tell
    /// is true, but others may yet come before them. So one may act on them, and must then ask again from the last place
    /// that was settled.
    public func page(after position: Position, limit: Int) async throws -> Page {
        let transaction = TransactionID(rawValue: position.transaction)
        return try await database.platform(
            access, isolation: .repeatableRead, readOnly: true, timeLimit: Self.patience
        ) { connection in
            let horizon = try connection.query("SELECT pg_snapshot_xmin(pg_current_snapshot())")[0]
                .decode(TransactionID.self)
            let rows = try connection.query(
                """
                SELECT txid, id, kind, subject, revision, created_at FROM outbox
                WHERE (txid, id) > (\(transaction), \(position.id))
                    AND kind IN ('availability.changed', 'calendar.changed', 'salon.deleted')
                ORDER BY txid, id LIMIT \(limit)
                """)
            let events = try rows.compactMap { row -> Event? in
                let (transaction, id, kind, subject, revision, writtenAt) = try row.decode(
                    TransactionID.self, Int64.self, String.self, UUID.self, Int64?.self, Date.self)
                guard let change = Self.change(kind: kind, subject: subject, revision: revision) else { return nil }
                return Event(
                    position: Position(transaction: transaction.rawValue, id: id), change: change,
                    writtenAt: writtenAt, isSettled: transaction.rawValue < horizon.rawValue)
            }
            return Page(
                events: events, horizon: Position(transaction: horizon.rawValue, id: 0), isLast: rows.count < limit)
        }
    }

    /// Where the calendars of salons stand now, in one round trip; a salon without a calendar, or out of the scope's sight,
    /// is missing. Revisions are read before epochs.
    public func versions(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: Version] {
        guard !salons.isEmpty else { return [:] }
        let ids = salons.map(\.rawValue)
        let rows = try await database.readOnce(
            scope,
            [
                "SELECT salon_id, tenant_id, revision FROM read_calendars(\(ids))",
                "SELECT salon_id, staff_id, availability_epoch FROM read_staff(\(ids))",
            ])
        var epochs: [UUID: [StaffID: Int64]] = [:]
        for row in rows[1] {
            let (salon, staff, epoch) = try row.decode(UUID.self, UUID.self, Int64.self)
            epochs[salon, default: [:]][StaffID(staff)] = epoch
        }
        var versions: [SalonID: Version] = [:]
        for row in rows[0] {
            let (salon, tenant, revision) = try row.decode(UUID.self, UUID.self, Int64.self)
            versions[SalonID(salon)] = Version(
                tenant: TenantID(tenant), revision: revision, epochs: epochs[salon] ?? [:])
        }
        return versions
    }

    private static func change(kind: String, subject: UUID, revision: Int64?) -> Event.Change? {
        switch (kind, revision) {
        case ("availability.changed", let epoch?): .staff(StaffID(subject), epoch: epoch)
        case ("calendar.changed", let revision?): .roster(SalonID(subject), revision: revision)
        case ("salon.deleted", _): .gone(SalonID(subject))
        default: nil
        }
    }
}
