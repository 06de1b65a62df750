import Foundation
public import Geodesy
import OpeningHours
import Postgres
public import Salons
public import Tenancy

/// The salons of one tenant.
public struct SalonRepository: ImportTarget {
    private let database: ScopedDatabase
    private let scope: TenantScope

    /// Works in a tenant's scope; in the marketplace's, every write is refused.
    public init(_ database: ScopedDatabase, scope: TenantScope) {
        self.database = database
        self.scope = scope
    }

    /// Writes many salons at once by (source, reference): new ones are inserted, changed ones updated, equal ones left
    /// alone without an event. A salon's status is the owner's to change and is set only when it is new. No two rows
    /// may have the same source and reference: PostgreSQL would refuse the batch.
    public func upsert(_ rows: [ImportedSalon]) async throws -> UpsertCounts {
        try await database.write(scope) { connection in
            try connection.executeScript(unsafe: Self.staging)
            _ = try connection.copyIn(SQL(unsafe: "COPY salon_staging FROM STDIN (FORMAT binary)")) { writer in
                for row in rows {
                    try writer.row { fields in Self.write(row, to: &fields) }
                }
            }
            let counts = try connection.query(SQL(unsafe: Self.merge))[0].decode(Int.self, Int.self)
            return UpsertCounts(
                inserted: counts.0, updated: counts.1, unchanged: rows.count - counts.0 - counts.1)
        }
    }

    /// One salon, whatever its status; nil when this tenant has none of this identifier.
    public func salon(_ id: SalonID) async throws -> Salon? {
        try await database.read(scope) { connection in
            try connection.query(
                "\(unsafe: Self.selection) WHERE s.salon_id = \(id.rawValue)"
            ).first.map(Self.salon)
        }
    }

    /// Salons by their references in a source, in the order of the references.
    /// - Parameters:
    ///   - source: where they came from.
    ///   - reference: only those after this one; nil for the first.
    ///   - limit: the most that are wanted.
    public func salons(source: String, after reference: String? = nil, limit: Int) async throws -> [Salon] {
        try await database.read(scope) { connection in
            try connection.query(
                """
                \(unsafe: Self.selection)
                WHERE s.tenant_id = current_tenant() AND s.source = \(source) AND s.source_ref > \(reference ?? "")
                ORDER BY s.source_ref LIMIT \(limit)
                """
            ).map(Self.salon)
        }
    }

    /// How many salons the tenant has of each status.
    public func counts() async throws -> [SalonStatus: Int] {
        try await database.read(scope) { connection in
            var counts: [SalonStatus: Int] = [:]
            for row in try connection.query("SELECT status, count(*) FROM salon GROUP BY status") {
                let (status, count) = try row.decode(String.self, Int.self)
                if let status = SalonStatus(rawValue: status) { counts[status] = count }
            }
            return counts
        }
    }

    /// Changes the status; false when this tenant has no such salon.
    public func setStatus(_ status: SalonStatus, of id: SalonID) async throws -> Bool {
        try await database.write(scope) { connection in
            try connection.execute(
                """
                UPDATE salon SET status = \(status.rawValue)
                WHERE salon_id = \(id.rawValue) AND status <> \(status.rawValue)
                """) > 0
        }
    }

    /// Moves a salon; false when this tenant has no such salon.
    public func move(_ id: SalonID, to location: Coordinate) async throws -> Bool {
        try await database.write(scope) { connection in
            try connection.execute(
                """
                UPDATE salon SET latitude = \(location.latitude), longitude = \(location.longitude)
                WHERE salon_id = \(id.rawValue)
                """) > 0
        }
    }

    /// Removes a salon for good; false when this tenant has no such salon.
    public func delete(_ id: SalonID) async throws -> Bool {
        try await database.write(scope) { connection in
            try connection.execute("DELETE FROM salon WHERE salon_id = \(id.rawValue)") > 0
        }
    }

    static func salon(_ row: Row) throws -> Salon {
        let (id, tenant, slug, name, street, housenumber, floorDoor, postcode, city, country) = try row.decode(
            UUID.self, UUID.self, String.self, String.self, String?.self, String?.self, String?.self, String?.self,
            String?.self, String?.self)
        let location = Coordinate(
            uncheckedLatitude: try row.decode(Double.self, column: "latitude"),
            longitude: try row.decode(Double.self, column: "longitude"))
        let tenths = try row.decode(Int16?.self, column: "rating_tenths")
        let count = try row.decode(Int32.self, column: "rating_count")
        let profile = SalonProfile(
            name: name,
            address: Address(
                street: street, housenumber: housenumber, floorDoor: floorDoor, postcode: postcode, city: city,
                country: country),
            location: location, timeZone: try row.decode(String?.self, column: "time_zone"),
            categories: CategorySet(
                rawValue: UInt32(bitPattern: try row.decode(Int32.self, column: "category_bits"))),
            priceLevel: try row.decode(Int16?.self, column: "price_level"),
            rating: tenths.flatMap { Rating(tenths: $0, count: count) },
            attributes: AttributeSet(
                rawValue: UInt32(bitPattern: try row.decode(Int32.self, column: "attribute_bits"))),
            openingHours: try row.decode(String?.self, column: "opening_hours"),
            website: try row.decode(String?.self, column: "website"),
            phone: try row.decode(String?.self, column: "phone"),
            status: SalonStatus(rawValue: try row.decode(String.self, column: "status")) ?? .draft,
            source: SourceReference(
                source: try row.decode(String.self, column: "source"),
                reference: try row.decode(String.self, column: "source_ref")))
        return Salon(
            id: SalonID(id), tenant: TenantID(tenant), tenantSlug: try slugOf(slug), profile: profile)
    }

    private static func slugOf(_ text: String) throws -> TenantSlug {
        guard let slug = TenantSlug(text) else {
            throw TenantError.malformedSlug(text)
        }
        return slug
    }

    static let selection = """
        SELECT s.salon_id, s.tenant_id, t.slug, s.name, s.street, s.housenumber, s.floor_door, s.postcode, s.city,
            s.country::text, s.latitude, s.longitude, s.time_zone, s.category_bits, s.price_level, s.rating_tenths,
            s.rating_count, s.attribute_bits, s.opening_hours, s.website, s.phone, s.status, s.source, s.source_ref
        FROM salon s JOIN tenant t USING (tenant_id)
        """
}
