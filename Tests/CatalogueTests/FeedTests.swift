import Directory
import Events
import Foundation
import Geodesy
import Harness
import Postgres
import Salons
import Synchronization
import Tenancy
import Testing

@testable import Catalogue

/// The outbox as the directory's follower reads it, and what the directory reads of salons.
struct FeedTests {
    /// What a follower is told of salons after a place, were it patient.
    private struct Batch {
        var changes: [Event]
        var oldestWithheld: Date?
    }

    private static func page(
        _ store: Store, after position: EventPosition = .start, limit: Int = 10
    ) async throws -> Batch {
        let page = try await Outbox(store.database).page(after: position, kinds: SalonEvents.names, limit: limit)
        return Batch(
            changes: page.events.filter(\.isSettled), oldestWithheld: page.events.first { !$0.isSettled }?.writtenAt)
    }

    /// A connection with an open transaction of a tenant, in which one salon was written.
    private static func openWriter(_ store: Store, _ scope: TenantScope, _ reference: String) async throws -> Connection
    {
        let connection = try await Connection.connect(Configuration(store.ownerURL))
        try await connection.executeScript(
            unsafe: """
                BEGIN; SET LOCAL ROLE salons_tenant; SELECT set_config('app.tenant_id', '\(scope.tenant!)', true);
                INSERT INTO salon (tenant_id, name, latitude, longitude, time_zone, source, source_ref)
                VALUES (current_tenant(), '\(reference)', 55, 12, 'UTC', 'test', '\(reference)')
                """)
        return connection
    }

    private static func id(_ store: Store, _ reference: String) async throws -> SalonID {
        try await store.owner { connection in
            SalonID(
                try connection.query("SELECT salon_id FROM salon WHERE source_ref = \(reference)")[0].decode(UUID.self))
        }
    }

    /// The first changes, as soon as there are so many: transactions in other databases of the cluster hold events back
    /// as well.
    private static func changes(
        _ store: Store, after position: EventPosition = .start, count: Int
    ) async throws -> Batch {
        try await eventually { try await page(store, after: position).changes.count >= count }
        return try await page(store, after: position)
    }

    @Test func `an event waits for older transactions that still run`() async throws {
        let store = try await Store.migrated()
        let scope = try await store.tenant("ours")
        #expect(try await Self.page(store).oldestWithheld == nil)

        let late = try await Self.openWriter(store, scope, "late")
        let early = try await Self.openWriter(store, scope, "early")
        try await early.executeScript(unsafe: "COMMIT")
        let waiting = try await Self.page(store)
        #expect(waiting.changes.isEmpty)
        let withheld = try #require(waiting.oldestWithheld)
        #expect(abs(withheld.timeIntervalSinceNow) < 600)

        try await late.executeScript(unsafe: "COMMIT")
        let both = try await Self.changes(store, count: 2)
        #expect(
            try await both.changes.map { SalonID($0.subject) } == [Self.id(store, "late"), Self.id(store, "early")])
        #expect(both.changes.map(\.position) == both.changes.map(\.position).sorted())
        #expect(both.oldestWithheld == nil)
        let last = try #require(both.changes.last)
        #expect(try await Self.page(store, after: last.position).changes.isEmpty)
        await late.close()
        await early.close()
    }

    @Test func `an event of a transaction that was rolled back never comes`() async throws {
        let store = try await Store.migrated()
        let scope = try await store.tenant("ours")
        let gone = try await Self.openWriter(store, scope, "gone")
        try await gone.executeScript(unsafe: "ROLLBACK")
        let kept = try await Self.openWriter(store, scope, "kept")
        try await kept.executeScript(unsafe: "COMMIT")
        let changes = try await Self.changes(store, count: 1).changes
        #expect(try await changes.map { SalonID($0.subject) } == [Self.id(store, "kept")])
        await gone.close()
        await kept.close()
    }

    @Test func `a batch ends at the limit and the next goes on within the same transaction`() async throws {
        let store = try await Store.migrated()
        let scope = try await store.tenant("ours")
        let repository = SalonRepository(store.database, scope: scope)
        _ = try await repository.upsert((0..<5).map { .init(profile: .sample("\($0)")) })
        _ = try await Self.changes(store, count: 5)
        var position = EventPosition.start
        var seen: [SalonID] = []
        var sizes: [Int] = []
        while true {
            let batch = try await Self.page(store, after: position, limit: 2)
            guard let last = batch.changes.last else { break }
            position = last.position
            seen += batch.changes.map { SalonID($0.subject) }
            sizes.append(batch.changes.count)
        }
        #expect(sizes == [2, 2, 1])
        #expect(Set(seen) == Set(try await repository.salons(source: "test", limit: 9).map(\.id)))
        #expect(seen.count == 5)
    }

    @Test func `a load's position leaves no event of a later commit out`() async throws {
        let store = try await Store.migrated()
        let scope = try await store.tenant("ours")
        let source = store.source
        let late = try await Self.openWriter(store, scope, "late")
        let early = try await Self.openWriter(store, scope, "early")
        try await early.executeScript(unsafe: "COMMIT")
        let names = Names()
        // Asked for before, as the follower does.
        let position = try await Outbox(store.database).lastSettled()
        try await source.loadPublished { names.add(String(decoding: $0.name, as: UTF8.self)) }
        #expect(names.all == ["early"])
        try await late.executeScript(unsafe: "COMMIT")
        let lateID = try await Self.id(store, "late")
        try await eventually {
            try await Self.page(store, after: position).changes.contains { $0.subject == lateID.rawValue }
        }
        await late.close()
        await early.close()
    }

    @Test func `single salons are read as they are published now`() async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        var whole = SalonProfile.sample("whole", name: "Ægir", latitude: -12.25, longitude: 179.5)
        whole.address = .init(street: "s", housenumber: "h", floorDoor: "f", postcode: "p", city: "c", country: "DK")
        whole.categories = CategorySet([.spa, .wellness])
        whole.attributes = AttributeSet([.women, .airConditioning])
        whole.priceLevel = 4
        whole.rating = Rating(tenths: 41, count: 77)
        whole.openingHours = "24/7"
        whole.website = "https://w.example"
        whole.phone = "123"
        whole.timeZone = "Pacific/Fiji"
        var draft = SalonProfile.sample("draft")
        draft.status = .draft
        var bare = SalonProfile.sample("bare")
        bare.timeZone = nil
        _ = try await repository.upsert([.init(profile: whole), .init(profile: draft), .init(profile: bare)])
        let source = store.source
        let ids = try await repository.salons(source: "test", limit: 9).map(\.id)
        let names = Names()
        try await source.loadPublished(ids: ids + [SalonID(UUID())]) { row in
            func text(_ bytes: UnsafeRawBufferPointer?) -> String {
                bytes.map { String(decoding: $0, as: UTF8.self) } ?? "-"
            }
            let numbers =
                "\(row.version) \(row.latitude) \(row.longitude) \(row.cell) \(row.categoryBits) \(row.attributeBits)"
            let ratings = "\(row.priceLevel ?? 0) \(row.ratingTenths ?? -1) \(row.ratingCount)"
            let address = [row.street, row.housenumber, row.floorDoor, row.postcode, row.city, row.country].map(text)
            let rest = [row.openingHours, row.website, row.phone].map(text)
            names.add(
                ([text(row.tenantSlug), text(row.name), text(row.timeZone), numbers, ratings] + address + rest)
                    .joined(separator: "|"))
        }
        let cell = GeohashCell(whole.location).rawValue
        #expect(
            names.all.contains(
                "ours|Ægir|Pacific/Fiji|1 -12.25 179.5 \(cell) \(whole.categories.rawValue) \(whole.attributes.rawValue)"
                    + "|4 41 77|s|h|f|p|c|DK|24/7|https://w.example|123"), "\(names.all)")
        #expect(names.all.contains { $0.hasPrefix("ours|Salon|-|") && $0.hasSuffix("|0 -1 0|-|-|-|-|-|-|-|-|-") })
        #expect(names.all.count == 2)
    }

    @Test func `digests and versions tell of the same salons`() async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        _ = try await repository.upsert((0..<300).map { .init(profile: .sample("\($0)")) })
        for salon in try await repository.salons(source: "test", limit: 20) {
            _ = try await repository.setStatus(.closed, of: salon.id)
        }
        for salon in try await repository.salons(source: "test", limit: 40) {
            _ = try await repository.move(salon.id, to: salon.profile.location)
        }
        let source = store.source
        let digests = try await source.digests()
        var all: [SalonID: Int64] = [:]
        for slice in UInt8.min...UInt8.max {
            let versions = try await source.publishedVersions(idPrefix: slice)
            #expect(versions.keys.allSatisfy { $0.rawValue.uuid.0 == slice })
            #expect(
                digests[Int(slice)]
                    == ReconciliationDigest(count: Int64(versions.count), sum: versions.values.reduce(0, +)))
            all.merge(versions) { $1 }
        }
        #expect(all.count == 280)
        #expect(try await all == store.publishedVersions())
    }
}

/// Texts gathered from any thread.
private final class Names: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
}
