public import Directory
import Foundation
import Postgres
public import Salons
public import Tenancy

/// The directory's view of the truth: published salons by binary COPY, and the outbox in feed order.
public struct PostgresDirectorySource: DirectorySource {
    private let database: ScopedDatabase
    private let access = PlatformAccess.feed()
    /// A look at the feed takes milliseconds; one that takes this long has failed.
    private static let patience = Duration.seconds(5)

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// Streams every published salon of one snapshot and returns the position below which all events are in it.
    public func loadPublished(
        _ row: @Sendable (borrowing PublishedRow) throws -> Void
    ) async throws -> FeedPosition {
        try await database.platform(access, isolation: .repeatableRead, readOnly: true) { connection in
            // A million salons take seconds; an hour would be a server that hangs.
            connection.setAnswerLimit(.seconds(600))
            try connection.executeScript(unsafe: "SET LOCAL statement_timeout = '10min'")
            let oldest = try connection.query("SELECT pg_snapshot_xmin(pg_current_snapshot())")[0]
                .decode(TransactionID.self)
            try Self.copy(connection, condition: "", row)
            // Events of the oldest running transaction and of later ones may be missing; all below are there.
            return FeedPosition(transaction: oldest.rawValue, id: 0)
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

    /// The next events of salons whose transactions, and all before them, have ended.
    public func changes(after position: FeedPosition, limit: Int) async throws -> ChangeBatch {
        let transaction = TransactionID(rawValue: position.transaction)
        return try await database.platform(
            access, isolation: .repeatableRead, readOnly: true, timeLimit: Self.patience
        ) { connection in
            let rows = try connection.query(
                """
                SELECT txid, id, subject, created_at FROM outbox
                WHERE (txid, id) > (\(transaction), \(position.id))
                    AND txid < pg_snapshot_xmin(pg_current_snapshot())
                    AND kind IN ('salon.changed', 'salon.deleted')
                ORDER BY txid, id LIMIT \(limit)
                """)
            let changes = try rows.map { row in
                let (transaction, id, subject, writtenAt) = try row.decode(
                    TransactionID.self, Int64.self, UUID.self, Date.self)
                return SalonChange(
                    position: FeedPosition(transaction: transaction.rawValue, id: id), salon: SalonID(subject),
                    writtenAt: writtenAt)
            }
            let withheld = try connection.query(
                """
                SELECT min(created_at) FROM outbox
                WHERE (txid, id) > (\(transaction), \(position.id))
                    AND txid >= pg_snapshot_xmin(pg_current_snapshot())
                    AND kind IN ('salon.changed', 'salon.deleted')
                """)[0].decode(Date?.self)
            return ChangeBatch(changes: changes, oldestWithheld: withheld)
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

    /// Removes events older than a period; those that the directories still need are seconds old.
    public func prune(olderThan age: Duration) async throws -> Int {
        let seconds = Double(age.components.seconds)
        return try await database.platform(access) { connection in
            try connection.execute(
                "DELETE FROM outbox WHERE created_at < clock_timestamp() - make_interval(secs => \(seconds))")
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
