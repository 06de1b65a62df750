public import Foundation
import Postgres
public import Salons
public import Scheduling
public import Tenancy

/// Time that is taken without a customer.
public enum BlockKind: String, Sendable, Hashable {
    /// The salon's own use of the time, such as cleaning or a course.
    case block
    /// The person is away.
    case timeOff = "time_off"
}

/// What became of a request to block time.
public enum BlockOutcome: Sendable, Hashable {
    /// All of it is blocked, under these identifiers, in the order of the ranges.
    case done([UUID])
    /// Nothing is blocked, because bookings stand in the way of the ranges with these numbers, from 0.
    case taken([Int])
}

/// One entry of a person's diary.
public struct DiaryEntry: Sendable, Hashable {
    /// The occupancy's identifier, which `unblock` takes.
    public let id: UUID
    /// `booking`, `hold`, `block` or `time_off`.
    public let kind: String
    /// What the person is taken for, buffers included.
    public let during: Range<Date>
    /// The service itself, without buffers.
    public let service: Range<Date>
    /// The booking, if a customer stands behind it.
    public let booking: BookingID?
    /// What of the salon's services it is.
    public let serviceID: ServiceID?
    /// A block's own words.
    public let label: String?
    /// The customer's name: personal data.
    public let customer: String?
}

/// Takes and gives back time of a tenant's people without a customer, and reads what takes it.
public struct TimeBlocks: Sendable {
    private let database: ScopedDatabase
    private let scope: TenantScope

    /// Works in a tenant's scope; in the marketplace's, every change is refused.
    public init(_ database: ScopedDatabase, scope: TenantScope) {
        self.database = database
        self.scope = scope
    }

    /// Blocks a person's time, all ranges or none. Recurring blocks are several ranges.
    ///
    /// The request carries identifiers of its own making, so that it is tried anew after a lost connection without
    /// blocking twice.
    public func block(
        _ staff: StaffID, in salon: SalonID, during ranges: [Range<Date>], kind: BlockKind, label: String? = nil
    ) async throws -> BlockOutcome {
        guard !ranges.isEmpty else { return .done([]) }
        let label = try label.map { try VisibleText.checked($0, limit: 500) }
        let ids = ranges.map { _ in UUID() }
        let series: UUID? = ranges.count > 1 ? UUID() : nil
        let statement: SQL = """
            SELECT block_time(\(salon.rawValue), \(kind.rawValue), \(nullable: label), \(nullable: series), \(ids),
                \(ranges.map { _ in staff.rawValue }), \(ranges.map { TimestampRange($0) }))
            """
        let rows: Rows
        do {
            rows = try await database.writeOnce(scope, statement)
        } catch let error as PostgresError where error.kind == .connectionLost || error.isRetryable {
            rows = try await database.writeOnce(scope, statement)
        }
        let answer = try Answer(try rows[0].decode(JSONB.self).bytes)
        return switch answer.outcome {
        case .done: .done(ids)
        // PostgreSQL counts from one.
        case .slotTaken: .taken(answer.conflicts.map { $0 - 1 })
        default: throw ReservationError.unexpected(answer.outcome)
        }
    }

    /// Gives blocked time back; how many blocks that were.
    public func unblock(_ ids: [UUID]) async throws -> Int {
        let count = try await database.writeOnce(scope, "SELECT unblock_time(\(ids))")[0].decode(Int32.self)
        return Int(count)
    }

    /// What takes a person's time in the tenant's salons, in order.
    public func diary(of staff: StaffID, from start: Date, to end: Date) async throws -> [DiaryEntry] {
        let rows = try await database.readOnce(
            scope,
            """
            SELECT o.occupancy_id, o.kind, o.during, o.starts_at, o.ends_at, o.booking_id, o.service_id, o.label,
                b.customer_name
            FROM occupancy o LEFT JOIN booking b ON b.tenant_id = o.tenant_id AND b.booking_id = o.booking_id
            WHERE o.tenant_id = current_tenant() AND o.staff_id = \(staff.rawValue) AND o.live
                AND o.during && \(TimestampRange(start..<end))
                AND NOT (o.kind = 'hold' AND o.expires_at <= clock_timestamp())
            ORDER BY o.during
            """)
        return try rows.compactMap { row in
            let (id, kind, during, first, last, booking, service, label, customer) = try row.decode(
                UUID.self, String.self, TimestampRange.self, Date.self, Date.self, UUID?.self, UUID?.self,
                String?.self, String?.self)
            guard case .inclusive(let lower) = during.lower, case .exclusive(let upper) = during.upper else {
                return nil
            }
            return DiaryEntry(
                id: id, kind: kind, during: lower..<upper, service: first..<last,
                booking: booking.map { BookingID($0) },
                serviceID: service.map { ServiceID($0) }, label: label, customer: customer)
        }
    }
}
