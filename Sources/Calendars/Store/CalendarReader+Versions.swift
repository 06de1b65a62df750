import Foundation
import Postgres
public import Salons
import Scheduling
public import Tenancy

extension CalendarReader {
    /// Where the calendars of salons stand now, in one round trip; a salon without a calendar, or out of the scope's
    /// sight, is missing. Revisions are read before epochs.
    public func versions(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: CalendarVersion] {
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
        var versions: [SalonID: CalendarVersion] = [:]
        for row in rows[0] {
            let (salon, tenant, revision) = try row.decode(UUID.self, UUID.self, Int64.self)
            versions[SalonID(salon)] = CalendarVersion(
                tenant: TenantID(tenant), revision: revision, epochs: epochs[salon] ?? [:])
        }
        return versions
    }
}
