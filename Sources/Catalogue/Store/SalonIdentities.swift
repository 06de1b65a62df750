import Foundation
import Postgres
public import Salons
public import Tenancy

/// A tenant's salon under each of the names that it can be given.
public struct SalonIdentity: Sendable, Hashable {
    /// Identity over all tenants.
    public let id: SalonID
    /// Display name.
    public let name: String
    /// The list that it was imported from.
    public let source: String
    /// Its name in that list.
    public let reference: String
    /// Whether it has a calendar.
    public let hasCalendar: Bool
}

/// Finds a tenant's own salons, published or not.
public struct SalonIdentities: Sendable {
    private let database: ScopedDatabase
    private let scope: TenantScope

    /// Works in a tenant's scope; the marketplace has no salons of its own.
    public init(_ database: ScopedDatabase, scope: TenantScope) {
        self.database = database
        self.scope = scope
    }

    /// The salons with any of these identifiers, references or whole names, in the order of sources and references.
    public func salons(ids: [SalonID], references: [String], names: [String]) async throws -> [SalonIdentity] {
        try await find(
            """
            (s.salon_id = ANY (\(ids.map(\.rawValue))) OR s.source_ref = ANY (\(references))
                OR s.name = ANY (\(names)))
            """)
    }

    /// All salons with a calendar, in the order of sources and references.
    public func withCalendar() async throws -> [SalonIdentity] { try await find("c.salon_id IS NOT NULL") }

    private func find(_ condition: SQL) async throws -> [SalonIdentity] {
        guard scope.tenant != nil else { return [] }
        return try await database.readOnce(
            scope,
            """
            SELECT s.salon_id, s.name, s.source, s.source_ref, c.salon_id IS NOT NULL
            FROM salon s LEFT JOIN calendar c ON c.tenant_id = s.tenant_id AND c.salon_id = s.salon_id
            WHERE s.tenant_id = current_tenant() AND \(condition) ORDER BY s.source, s.source_ref
            """
        ).map { row in
            let (id, name, source, reference, hasCalendar) = try row.decode(
                UUID.self, String.self, String.self, String.self, Bool.self)
            return SalonIdentity(
                id: SalonID(id), name: name, source: source, reference: reference, hasCalendar: hasCalendar)
        }
    }
}
