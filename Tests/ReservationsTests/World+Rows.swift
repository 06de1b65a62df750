import Harness
import Postgres
import Salons
import Scheduling
import Tenancy

extension World {
    /// Says, as only the platform can, that a person also works in a salon of another tenant.
    func link(_ person: StaffID, to salon: SalonID, of scope: TenantScope) async throws {
        let tenant = scope.tenant!.rawValue
        try await store.owner { connection in
            _ = try connection.execute(
                """
                INSERT INTO staff (tenant_id, salon_id, staff_id, name)
                VALUES (\(tenant), \(salon.rawValue), \(person.rawValue), 'Linked')
                """)
        }
    }

    /// Pairs of live occupancies of one person that overlap; there must never be one.
    func overlaps() async throws -> Int {
        try await store.owner { connection in
            try connection.query(
                """
                SELECT count(*) FROM occupancy a JOIN occupancy b ON a.staff_id = b.staff_id
                    AND a.occupancy_id < b.occupancy_id AND a.during && b.during WHERE a.live AND b.live
                """)[0].decode(Int.self)
        }
    }
}
