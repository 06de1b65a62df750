import Foundation
import Postgres
public import Salons
public import Tenancy

/// Where some published salons are: for examples that find something.
public struct PublishedPlaces: Sendable {
    /// One salon.
    public struct Place: Sendable, Hashable {
        /// Identity over all tenants.
        public let id: SalonID
        /// Degrees, WGS 84.
        public let latitude: Double
        /// Degrees, WGS 84.
        public let longitude: Double
    }

    private let database: ScopedDatabase

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// At most `limit` salons that follow each other on the map.
    public func some(_ limit: Int) async throws -> [Place] {
        try await database.readOnce(
            .marketplace,
            "SELECT salon_id, latitude, longitude FROM published_salon ORDER BY cell, salon_id LIMIT \(limit)"
        ).map { row in
            let (id, latitude, longitude) = try row.decode(UUID.self, Double.self, Double.self)
            return Place(id: SalonID(id), latitude: latitude, longitude: longitude)
        }
    }
}
