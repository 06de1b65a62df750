public import Foundation
import OpeningHours
import Postgres
public import Salons
public import Scheduling
public import Tenancy

/// Reads calendars: of published salons in the marketplace's scope, of a tenant's own salons in its scope. Names and
/// contacts of customers are never read.
public struct CalendarReader: Sendable {
    /// Rosters together with what is taken, of one moment or later.
    public struct Reading: Sendable {
        /// By salon; a salon without a calendar, or out of the scope's sight, is missing.
        public let rosters: [SalonID: Roster]
        /// When people are taken, anywhere, merged and in order; a person who is not taken is missing.
        public let busy: [StaffID: [Range<Date>]]
    }

    let database: ScopedDatabase

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// The rosters of salons, in one round trip.
    public func rosters(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: Roster] {
        guard !salons.isEmpty else { return [:] }
        let ids = salons.map(\.rawValue)
        let rows = try await database.readOnce(scope, Self.rosterStatements(ids))
        return try Self.rosters(CalendarRows(rows))
    }

    /// Rosters and what is taken between two instants, in one round trip.
    public func reading(
        of salons: [SalonID], from start: Date, to end: Date, scope: TenantScope
    ) async throws -> Reading {
        guard !salons.isEmpty, start < end else { return Reading(rosters: [:], busy: [:]) }
        let ids = salons.map(\.rawValue)
        let span = TimestampRange(start..<end)
        let busy: SQL = "SELECT staff_id, during FROM read_busy(\(ids), NULL, \(span))"
        let rows = try await database.readOnce(scope, Self.rosterStatements(ids) + [busy])
        return Reading(
            rosters: try Self.rosters(CalendarRows(rows)), busy: try rows.last.map { try Self.busy($0) } ?? [:])
    }

    /// When people are taken between two instants, anywhere, merged and in order; a person who is not taken is missing.
    /// - Parameter salons: where they work, as far as the scope may see it.
    public func busy(
        of staff: [StaffID], in salons: [SalonID], from start: Date, to end: Date, scope: TenantScope
    ) async throws -> [StaffID: [Range<Date>]] {
        guard !staff.isEmpty, start < end else { return [:] }
        let span = TimestampRange(start..<end)
        let statement: SQL = """
            SELECT staff_id, during FROM read_busy(\(salons.map(\.rawValue)), \(staff.map(\.rawValue)), \(span))
            """
        return try Self.busy(try await database.readOnce(scope, [statement])[0])
    }

    private static func rosterStatements(_ ids: [UUID]) -> [SQL] {
        CalendarPart.statements { part in
            switch part {
            case .calendars:
                """
                SELECT tenant_id, salon_id, revision, closed_on_holidays, cancellation_window, time_zone, country,
                    opening_hours
                FROM read_calendars(\(ids))
                """
            case .staff: "SELECT salon_id, staff_id, name, availability_epoch FROM read_staff(\(ids))"
            case .services:
                """
                SELECT salon_id, service_id, name, category, duration, buffer_before, buffer_after, price_amount,
                    price_currency, minimum_notice, horizon, slot_step
                FROM read_services(\(ids))
                """
            case .skills:
                """
                SELECT salon_id, staff_id, service_id, duration, price_amount, price_currency FROM read_skills(\(ids))
                """
            case .hours:
                """
                SELECT salon_id, staff_id, weekday, start_minute, end_minute, valid_from - date '1970-01-01',
                    valid_to - date '1970-01-01'
                FROM read_working_hours(\(ids))
                """
            case .exceptions:
                """
                SELECT salon_id, staff_id, kind, first_date - date '1970-01-01', last_date - date '1970-01-01',
                    start_minute, end_minute
                FROM read_exceptions(\(ids))
                """
            }
        }
    }

    private static func busy(_ rows: Rows) throws -> [StaffID: [Range<Date>]] {
        var busy: [StaffID: [Range<Date>]] = [:]
        for row in rows {
            let (staff, during) = try row.decode(UUID.self, TimestampRange.self)
            guard case .inclusive(let start) = during.lower, case .exclusive(let end) = during.upper else { continue }
            // In order of person and start, and a person's live times do not overlap.
            busy[StaffID(staff), default: []].append(start..<end)
        }
        return busy
    }
}
