import Foundation
public import Geodesy
import Postgres
public import Salons
public import Tenancy

/// What is public of a salon, for listings.
public struct PublishedSalon: Sendable, Hashable {
    /// Display name.
    public let name: String
    /// The tenant's slug.
    public let tenantSlug: String
    /// Street, number, postcode and city on one line, as far as they are known.
    public let addressLine: String
    /// Exact position.
    public let location: Coordinate
    /// What it does.
    public let categories: CategorySet
    /// Customers' rating.
    public let rating: Rating?
}

/// Reads published salons as the marketplace sees them.
public struct PublishedSalonRepository: Sendable {
    private let database: ScopedDatabase

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// The published salons among some identifiers. What is published is public, so it is read as the marketplace,
    /// whatever the scope; a tenant's scope leaves out the salons of others.
    public func salons(_ ids: [SalonID], scope: TenantScope) async throws -> [SalonID: PublishedSalon] {
        let identifiers = ids.map(\.rawValue)
        return try await database.read(.marketplace) { connection in
            var salons: [SalonID: PublishedSalon] = [:]
            let rows = try connection.query(
                """
                SELECT salon_id, tenant_id, name, tenant_slug,
                    concat_ws(', ', nullif(concat_ws(' ', street, housenumber), ''),
                        nullif(concat_ws(' ', postcode, city), '')),
                    latitude, longitude, category_bits, rating_tenths, rating_count
                FROM published_salon WHERE salon_id = ANY (\(identifiers))
                """)
            for row in rows {
                let (id, tenant, name, slug, address, latitude, longitude, bits, tenths, count) = try row.decode(
                    UUID.self, UUID.self, String.self, String.self, String.self, Double.self, Double.self, Int32.self,
                    Int16?.self, Int32.self)
                if let own = scope.tenant, own.rawValue != tenant { continue }
                salons[SalonID(id)] = PublishedSalon(
                    name: name, tenantSlug: slug, addressLine: address,
                    location: Coordinate(uncheckedLatitude: latitude, longitude: longitude),
                    categories: CategorySet(rawValue: UInt32(bitPattern: bits)),
                    rating: tenths.flatMap { Rating(tenths: $0, count: count) })
            }
            return salons
        }
    }
}
