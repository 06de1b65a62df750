import Foundation
import Postgres
import Salons
import Tenancy

/// Looks tenants up in the marketplace's scope.
struct DatabaseAccessSource: CustomerAccessSource {
    let database: ScopedDatabase

    func tenant(ofBooking id: UUID) async throws -> TenantID? {
        let rows = try await database.readOnce(.marketplace, "SELECT booking_tenant(\(id))")
        let tenant = try rows[0].decode(UUID?.self)
        return tenant.map { TenantID($0) }
    }

    func tenant(ofPublishedSalon id: SalonID) async throws -> TenantID? {
        let rows = try await database.readOnce(
            .marketplace, "SELECT tenant_id FROM published_salon WHERE salon_id = \(id.rawValue)")
        guard let row = rows.first else { return nil }
        return TenantID(try row.decode(UUID.self))
    }
}
