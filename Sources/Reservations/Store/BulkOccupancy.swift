public import Foundation
import Postgres
public import Salons
public import Scheduling
public import Tenancy

/// Fills invented calendars with made-up bookings and absences, thousands in one transaction.
///
/// It keeps the protocol of all other writers: whole calendars are locked first, and what is in the way of real
/// bookings is left out. It writes no `booking.created` events, so that nobody sends word to customers who do not
/// exist.
public struct BulkOccupancy: Sendable {
    /// Time of one person that is to be taken.
    public struct Entry: Sendable {
        /// What takes it.
        public enum Reason: Sendable {
            /// A service, from and to, for a customer who does not exist.
            case booking(ServiceID, Range<Date>, Price?, customer: String)
            /// The salon's own use.
            case block(label: String)
            /// The person is away.
            case timeOff
        }

        /// Where.
        public var salon: SalonID
        /// Whose time.
        public var staff: StaffID
        /// Buffers included.
        public var during: Range<Date>
        /// What takes it.
        public var reason: Reason

        /// Describes taken time.
        public init(salon: SalonID, staff: StaffID, during: Range<Date>, reason: Reason) {
            self.salon = salon
            self.staff = staff
            self.during = during
            self.reason = reason
        }
    }

    /// An invented calendar without a made-up booking in the future.
    public struct Idle: Sendable, Hashable {
        /// Whose.
        public let salon: SalonID
        /// Where the salon came from.
        public let source: SourceReference
    }

    private let database: ScopedDatabase
    private let scope: TenantScope
    /// What the occupancies of made-up bookings carry as their label, to be told from those that somebody made.
    private static let mark = "invented"

    /// Works in a tenant's scope; in the marketplace's, every write is refused.
    public init(_ database: ScopedDatabase, scope: TenantScope) {
        self.database = database
        self.scope = scope
    }

    /// The tenant's invented calendars whose made-up bookings are all over, or that never had any.
    public func idle() async throws -> [Idle] {
        try await database.readOnce(
            scope,
            """
            SELECT c.salon_id, s.source, s.source_ref
            FROM calendar c JOIN salon s ON s.tenant_id = c.tenant_id AND s.salon_id = c.salon_id
                LEFT JOIN (SELECT salon_id, max(ends_at) AS last FROM occupancy
                    WHERE tenant_id = current_tenant() AND label = \(Self.mark) AND kind = 'booking' GROUP BY 1) AS made
                    ON made.salon_id = c.salon_id
            WHERE c.tenant_id = current_tenant() AND c.is_invented AND coalesce(made.last <= clock_timestamp(), true)
            ORDER BY s.source, s.source_ref
            """
        ).map { row in
            let (salon, source, reference) = try row.decode(UUID.self, String.self, String.self)
            return Idle(salon: SalonID(salon), source: SourceReference(source: source, reference: reference))
        }
    }

    /// Takes all of this time that is free, and returns how many entries that were. Entries of one person that overlap
    /// each other fail the whole, with `exclusionViolation`.
    public func insert(_ entries: [Entry]) async throws -> Int {
        guard let first = entries.map(\.during.lowerBound).min(), let last = entries.map(\.during.upperBound).max()
        else { return 0 }
        let salons = Array(Set(entries.map(\.salon.rawValue)))
        let span = TimestampRange(first..<last)
        return try await database.write(scope) { connection in
            try connection.executeScript(unsafe: Self.staging)
            _ = try connection.copyIn("COPY occupancy_staging FROM STDIN (FORMAT binary)") { writer in
                for entry in entries { try writer.row { Self.write(entry, to: &$0) } }
            }
            _ = try connection.query(
                "SELECT lock_staff(ARRAY(SELECT DISTINCT staff_id FROM occupancy_staging), true)")
            _ = try connection.query(
                """
                SELECT expire_holds(array_agg(staff_id), array_agg(\(span))) FROM
                    (SELECT DISTINCT staff_id FROM occupancy_staging) AS person
                """)
            // From here on nobody books these people, and what was booked before is seen.
            try connection.execute(
                """
                DELETE FROM occupancy_staging made USING read_busy(\(salons), NULL, \(span)) AS busy
                WHERE busy.staff_id = made.staff_id AND busy.during && made.during
                """)
            try connection.execute(SQL(unsafe: Self.withoutStrangers))
            try connection.execute(SQL(unsafe: Self.bookings))
            let count = try connection.execute(Self.occupancies)
            _ = try connection.query("SELECT raise_epochs(ARRAY(SELECT DISTINCT staff_id FROM occupancy_staging))")
            return count
        }
    }

    private static func write(_ entry: Entry, to fields: inout CopyWriter) {
        fields.write(entry.salon.rawValue)
        fields.write(entry.staff.rawValue)
        fields.write(TimestampRange(entry.during))
        switch entry.reason {
        case .booking(let service, let range, let price, let customer):
            fields.write("booking")
            fields.write(range.lowerBound)
            fields.write(range.upperBound)
            fields.write(UUID())
            fields.write(service.rawValue)
            fields.write(price.map { Int32(clamping: $0.amount) })
            fields.write(price?.currency)
            fields.write(customer)
            fields.writeNull()
        case .block, .timeOff:
            if case .block = entry.reason { fields.write("block") } else { fields.write("time_off") }
            fields.write(entry.during.lowerBound)
            fields.write(entry.during.upperBound)
            for _ in 0..<5 { fields.writeNull() }
            if case .block(let label) = entry.reason { fields.write(label) } else { fields.writeNull() }
        }
    }

    private static let staging = """
        CREATE TEMPORARY TABLE IF NOT EXISTS occupancy_staging (
            salon_id uuid, staff_id uuid, during tstzrange, kind text, starts_at timestamptz, ends_at timestamptz,
            booking_id uuid, service_id uuid, price_amount integer, price_currency text, customer_name text, label text
        ) ON COMMIT DELETE ROWS
        """

    /// Whoever has left the salon since these entries were made up.
    private static let withoutStrangers = """
        DELETE FROM occupancy_staging made WHERE NOT EXISTS (
            SELECT FROM staff f WHERE f.tenant_id = current_tenant() AND f.salon_id = made.salon_id
                AND f.staff_id = made.staff_id)
        """

    private static let bookings = """
        INSERT INTO booking (tenant_id, booking_id, salon_id, status, customer_name)
        SELECT current_tenant(), booking_id, salon_id, 'booked', customer_name FROM occupancy_staging
        WHERE booking_id IS NOT NULL
        """

    private static var occupancies: SQL {
        """
        INSERT INTO occupancy (tenant_id, salon_id, staff_id, kind, booking_id, step, service_id, during, starts_at,
            ends_at, price_amount, price_currency, label)
        SELECT current_tenant(), salon_id, staff_id, kind, booking_id, CASE WHEN kind = 'booking' THEN 1 END, service_id,
            during, starts_at, ends_at, price_amount, price_currency, CASE WHEN kind = 'booking' THEN \(mark) ELSE label END
        FROM occupancy_staging ORDER BY staff_id, during
        """
    }
}
