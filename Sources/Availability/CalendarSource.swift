public import Calendars
public import Foundation
public import Salons
public import Scheduling
public import Tenancy

/// The truth about calendars, as the board reads it.
///
/// A person's epoch is read before everything else about them, so that what belongs to an epoch may be newer than it
/// but is never older.
public protocol CalendarSource: Sendable {
    /// Rosters with the epochs of their staff; a salon without a calendar, or out of the scope's sight, is missing.
    func rosters(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: Roster]
    /// When people are taken, anywhere, merged and in order; a person who is not taken is missing.
    func busy(
        of staff: [StaffID], in salons: [SalonID], from start: Date, to end: Date, scope: TenantScope
    ) async throws -> [StaffID: [Range<Date>]]
    /// Where calendars stand now.
    func versions(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: CalendarVersion]
}

/// Calendars in PostgreSQL.
public struct PostgresCalendarSource: CalendarSource {
    private let reader: CalendarReader

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        reader = CalendarReader(database)
    }

    /// In one round trip.
    public func rosters(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: Roster] {
        try await reader.rosters(of: salons, scope: scope)
    }

    /// In one round trip.
    public func busy(
        of staff: [StaffID], in salons: [SalonID], from start: Date, to end: Date, scope: TenantScope
    ) async throws -> [StaffID: [Range<Date>]] {
        try await reader.busy(of: staff, in: salons, from: start, to: end, scope: scope)
    }

    /// In one round trip.
    public func versions(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: CalendarVersion] {
        try await reader.versions(of: salons, scope: scope)
    }
}
