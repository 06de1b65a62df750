import Foundation
import Postgres
public import Salons
public import Tenancy

/// A salon as a person at a terminal picks it out.
public struct NamedSalon: Sendable, Hashable {
    /// Identity over all tenants.
    public let id: SalonID
    /// Display name.
    public let name: String
    /// Street, number, postcode and city on one line, as far as they are known.
    public let addressLine: String
    /// The zone of its local times, IANA, where it is known.
    public let timeZone: String?

    /// The name and, where it is known, the address.
    public var line: String { addressLine.isEmpty ? name : "\(name), \(addressLine)" }
}

/// Finds salons by what they are called.
public struct SalonNames: Sendable {
    private let database: ScopedDatabase

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// The salon of an identifier: a published one, or in a tenant's scope any of that tenant's.
    public func salon(_ id: SalonID, scope: TenantScope) async throws -> NamedSalon? {
        try await find("s.salon_id = \(id.rawValue)", scope, limit: 1).first
    }

    /// Salons whose name contains a text in any case, at most `limit`; those whose whole name it is come first, and
    /// alone where there are any.
    public func salons(named text: String, scope: TenantScope, limit: Int) async throws -> [NamedSalon] {
        let found = try await find("position(lower(\(text)) IN lower(s.name)) > 0", scope, text, limit: limit)
        let exact = found.filter { $0.name.lowercased() == text.lowercased() }
        return exact.isEmpty ? found : exact
    }

    private func find(
        _ condition: SQL, _ scope: TenantScope, _ text: String = "", limit: Int
    ) async throws -> [NamedSalon] {
        // The marketplace sees the view and nothing else; the view joins a tenant's name on, which nobody asks for
        // here.
        let relation = scope.tenant == nil ? "published_salon" : "salon"
        return try await database.readOnce(
            scope,
            """
            SELECT s.salon_id, s.name,
                concat_ws(', ', nullif(concat_ws(' ', s.street, s.housenumber), ''),
                    nullif(concat_ws(' ', s.postcode, s.city), '')),
                s.time_zone
            FROM \(unsafe: relation) s WHERE \(condition)
            ORDER BY lower(s.name) <> lower(\(text)), s.name, s.salon_id LIMIT \(limit)
            """
        ).map { row in
            let (id, name, address, zone) = try row.decode(UUID.self, String.self, String.self, String?.self)
            return NamedSalon(id: SalonID(id), name: name, addressLine: address, timeZone: zone)
        }
    }
}
