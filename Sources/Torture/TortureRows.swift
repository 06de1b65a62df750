import Foundation
import Postgres

/// What the database holds at the end of a run, history included.
struct TortureRows: Sendable {
    /// One version of a row of `occupancy`.
    struct Occupancy: Sendable {
        var id: UUID
        var booking: UUID?
        var staff: UUID
        var during: Range<Date>
        var isLive: Bool
        var transaction: String
        /// When it became true, and when the next version did.
        var from: Date
        var to: Date
    }

    var occupancies: [Occupancy] = []
    /// `booking/status/version` of every version that was committed.
    var versions: Set<String> = []
    /// Bookings that were made, and the keys whose answers name them.
    var bookings: Set<UUID> = []
    var answers: [String: Set<UUID>] = [:]
    /// Epochs of each person in the order of their transactions' commits, with the transaction.
    var epochs: [UUID: [(transaction: String, epoch: Int64)]] = [:]
    /// Holds whose time is over and that nobody ended.
    var deadHolds = 0

    init() {}

    static func read(_ connection: isolated Connection) throws -> TortureRows {
        var rows = TortureRows()
        // A hold that ends after this is none of the sweeper's.
        let asked = try connection.query("SELECT clock_timestamp()")[0].decode(Date.self)
        _ = try connection.query("SELECT sweep_holds(100000)")
        for row in try connection.query(
            """
            SELECT occupancy_id, booking_id, staff_id, during, live, txid::text,
                pg_xact_commit_timestamp(txid),
                coalesce(lead(pg_xact_commit_timestamp(txid)) OVER (PARTITION BY occupancy_id ORDER BY number), 'infinity')
            FROM audit_occupancy ORDER BY number
            """)
        {
            let (id, booking, staff, during, live, transaction, from, to) = try row.decode(
                UUID.self, UUID?.self, UUID.self, TimestampRange.self, Bool.self, String.self, Date.self, Date.self)
            guard case .inclusive(let lower) = during.lower, case .exclusive(let upper) = during.upper else { continue }
            rows.occupancies.append(
                Occupancy(
                    id: id, booking: booking, staff: staff, during: lower..<upper, isLive: live,
                    transaction: transaction, from: from, to: to))
        }
        for row in try connection.query("SELECT booking_id::text || '/' || status || '/' || version FROM audit_booking")
        {
            rows.versions.insert(try row.decode(String.self))
        }
        for row in try connection.query("SELECT booking_id FROM booking") {
            rows.bookings.insert(try row.decode(UUID.self))
        }
        for row in try connection.query(
            """
            SELECT key, (item ->> 'id')::uuid FROM idempotency, jsonb_array_elements(answer -> 'bookings') AS item
            WHERE answer ->> 'outcome' = 'ok'
            """)
        {
            let (key, booking) = try row.decode(String.self, UUID.self)
            rows.answers[key, default: []].insert(booking)
        }
        for row in try connection.query(
            """
            SELECT staff_id, txid::text, epoch FROM audit_epoch
            ORDER BY staff_id, pg_xact_commit_timestamp(txid), number
            """)
        {
            let (staff, transaction, epoch) = try row.decode(UUID.self, String.self, Int64.self)
            rows.epochs[staff, default: []].append((transaction, epoch))
        }
        rows.deadHolds = try connection.query(
            "SELECT count(*) FROM occupancy WHERE live AND kind = 'hold' AND expires_at < \(asked)")[0].decode(Int.self)
        return rows
    }
}
