public import Directory
public import Events
import Foundation
import Postgres
public import Salons
public import Tenancy

/// The directory's view of the truth: published salons by binary COPY, and what the outbox tells of them.
public struct PostgresDirectorySource: DirectorySource {
    private let database: ScopedDatabase
    private let events: any EventReading
    private let access = PlatformAccess.feed()

    /// Reads from this database, and follows its outbox.
    public init(_ database: ScopedDatabase, events: any EventReading) {
        self.database = database
        self.events = events
    }

    /// In the order of the outbox.
    public func follow(_ writer: inout DirectoryWriter) async {
        let configuration = writer.configuration
        let follower = EventFollower(
            "directory", of: events,
            configuration: EventFollower.Configuration(
                kinds: SalonEvents.names, telling: .settled, pollInterval: configuration.pollInterval,
                pageLimit: configuration.batchLimit, firstPause: configuration.firstPause,
                longestPause: configuration.longestPause), now: writer.now, logger: writer.logger)
        await follower.run(&writer)
    }

    /// Streams every published salon of one snapshot.
    public func loadPublished(_ row: @Sendable (borrowing PublishedRow) throws -> Void) async throws {
        try await database.platform(access, isolation: .repeatableRead, readOnly: true) { connection in
            // A million salons take seconds; an hour would be a server that hangs.
            connection.setAnswerLimit(.seconds(600))
            try connection.executeScript(unsafe: "SET LOCAL statement_timeout = '10min'")
            try Self.copy(connection, condition: "", row)
        }
    }

    /// Streams the present state of some salons.
    public func loadPublished(
        ids: [SalonID], _ row: @Sendable (borrowing PublishedRow) throws -> Void
    ) async throws {
        guard !ids.isEmpty else { return }
        // COPY takes no binds; an identifier's own text holds nothing but hexadecimal digits and hyphens.
        let list = ids.map(\.description).joined(separator: ",")
        try await database.platform(access, readOnly: true) { connection in
            try Self.copy(connection, condition: "WHERE salon_id = ANY ('{\(list)}'::uuid[])", row)
        }
    }

    /// Identifiers and versions of the published salons whose identifier begins with a byte.
    public func publishedVersions(idPrefix: UInt8) async throws -> [SalonID: Int64] {
        try await database.platform(access, readOnly: true) { connection in
            let low = Self.bound(idPrefix, rest: 0)
            let high = Self.bound(idPrefix, rest: 0xFF)
            let rows = try connection.query(
                "SELECT salon_id, version FROM published_salon WHERE salon_id BETWEEN \(low) AND \(high)")
            var versions: [SalonID: Int64] = [:]
            for row in rows {
                let (id, version) = try row.decode(UUID.self, Int64.self)
                versions[SalonID(id)] = version
            }
            return versions
        }
    }

    /// Count and sum of versions of all 256 slices by the identifier's first byte.
    public func digests() async throws -> [ReconciliationDigest] {
        try await database.platform(access, readOnly: true) { connection in
            var digests = [ReconciliationDigest](repeating: ReconciliationDigest(count: 0, sum: 0), count: 256)
            let rows = try connection.query(
                """
                SELECT get_byte(uuid_send(salon_id), 0), count(*), sum(version)::bigint FROM published_salon
                GROUP BY 1
                """)
            for row in rows {
                let (slice, count, sum) = try row.decode(Int.self, Int64.self, Int64.self)
                digests[slice] = ReconciliationDigest(count: count, sum: sum)
            }
            return digests
        }
    }

    private static func bound(_ first: UInt8, rest: UInt8) -> UUID {
        UUID(
            uuid: (first, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest))
    }

    private static func copy(
        _ connection: isolated Connection, condition: String, _ row: (borrowing PublishedRow) throws -> Void
    ) throws {
        let sql = SQL(
            unsafe: """
                COPY (SELECT tenant_id, salon_id, version, cell, latitude, longitude, category_bits, attribute_bits,
                    price_level, rating_tenths, rating_count, tenant_slug, name, time_zone, opening_hours, street,
                    housenumber, floor_door, postcode, city, country, website, phone
                FROM published_salon \(condition)) TO STDOUT (FORMAT binary)
                """)
        _ = try connection.copyOut(sql) { fields in
            let published = try Self.row(fields)
            try row(published)
        }
    }

    /// The buffers point into the fields, which stay where they are until `copyOut`'s closure returns.
    private static func row(_ fields: borrowing CopyRow) throws -> PublishedRow {
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        let tenant = try fields.uuid(0)
        let id = try fields.uuid(1)
        let version = try fields.int64(2)
        let cell = try fields.int64(3)
        let latitude = try fields.double(4)
        let longitude = try fields.double(5)
        let categoryBits = try fields.int32(6)
        let attributeBits = try fields.int32(7)
        let priceLevel = fields.isNull(8) ? nil : try fields.int16(8)
        let ratingTenths = fields.isNull(9) ? nil : try fields.int16(9)
        let ratingCount = try fields.int32(10)
        return PublishedRow(
            tenant: tenant, id: id, version: version, cell: UInt64(bitPattern: cell), latitude: latitude,
            longitude: longitude, categoryBits: UInt32(bitPattern: categoryBits),
            attributeBits: UInt32(bitPattern: attributeBits), priceLevel: priceLevel, ratingTenths: ratingTenths,
            ratingCount: ratingCount, tenantSlug: text(fields, 11) ?? empty, name: text(fields, 12) ?? empty,
            timeZone: text(fields, 13), openingHours: text(fields, 14), street: text(fields, 15),
            housenumber: text(fields, 16), floorDoor: text(fields, 17), postcode: text(fields, 18),
            city: text(fields, 19), country: text(fields, 20), website: text(fields, 21), phone: text(fields, 22))
    }

    private static func text(_ fields: borrowing CopyRow, _ field: Int) -> UnsafeRawBufferPointer? {
        fields.withField(field) { $0 }
    }
}
