import Foundation
import Postgres
public import Salons
public import Scheduling
public import Tenancy

/// A person's place in a salon as an operator picks it out.
public struct NamedStaff: Sendable, Hashable {
    /// Identity of the person.
    public let id: StaffID
    /// As customers read it.
    public let name: String
    /// Where this place is.
    public let salon: SalonID
    /// What that salon is called.
    public let salonName: String
}

/// Finds a tenant's people by what they are called.
public struct StaffNames: Sendable {
    private let database: ScopedDatabase

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// The places of people in a tenant's salons, at most `limit`, in the order of names.
    /// - Parameters:
    ///   - text: a person's identifier, or a part of the name in any case.
    ///   - salon: a salon's identifier, or a part of its name in any case; nil for all.
    ///   - scope: the tenant's; the marketplace sees nobody.
    ///   - limit: the most that are wanted.
    public func staff(
        named text: String, salon: String?, scope: TenantScope, limit: Int
    ) async throws -> [NamedStaff] {
        guard scope.tenant != nil else { return [] }
        let person: SQL =
            StaffID(text).map { "f.staff_id = \($0.rawValue)" } ?? "position(lower(\(text)) IN lower(f.name)) > 0"
        let place: SQL =
            salon.map { salon in
                SalonID(salon).map { "s.salon_id = \($0.rawValue)" }
                    ?? "position(lower(\(salon)) IN lower(s.name)) > 0"
            } ?? "true"
        return try await database.readOnce(
            scope,
            """
            SELECT f.staff_id, f.name, f.salon_id, s.name
            FROM staff f JOIN salon s ON s.tenant_id = f.tenant_id AND s.salon_id = f.salon_id
            WHERE f.tenant_id = current_tenant() AND \(person) AND \(place)
            ORDER BY f.name, s.name, f.salon_id LIMIT \(limit)
            """
        ).map { row in
            let (id, name, salon, salonName) = try row.decode(UUID.self, String.self, UUID.self, String.self)
            return NamedStaff(id: StaffID(id), name: name, salon: SalonID(salon), salonName: salonName)
        }
    }
}
