import Foundation
import Geodesy
import Harness
import Postgres
import Salons
import Tenancy
import Testing

@testable import Catalogue

struct SalonRepositoryTests {
    /// A salon of which everything is known.
    private static let whole = SalonProfile(
        name: "Frisør \"Ægir\" \\ 💇",
        address: Address(
            street: "Vestergade", housenumber: "21B", floorDoor: "1. tv", postcode: "1456", city: "København K",
            country: "DK"),
        location: Coordinate(uncheckedLatitude: 55.67612345678901, longitude: 12.568312345678901),
        timeZone: "Europe/Copenhagen", categories: CategorySet([.hair, .wellness]), priceLevel: 3,
        rating: Rating(tenths: 47, count: 112), attributes: AttributeSet([.wheelchair, .airConditioning]),
        openingHours: "Mo-Fr 09:00-17:00", website: "https://salon.example/", phone: "+45 12 34 56 78",
        status: .draft, source: SourceReference(source: "test", reference: "whole"))

    private static func events(_ store: Store) async throws -> [String] {
        try await store.owner { connection in
            try connection.query("SELECT kind FROM outbox ORDER BY id").map { try $0.decode(String.self) }
        }
    }

    private static func version(_ store: Store) async throws -> Int64 {
        try await store.owner { try $0.query("SELECT max(version) FROM salon")[0].decode(Int64.self) }
    }

    @Test func `a salon comes back as it was written`() async throws {
        let store = try await Store.migrated()
        let scope = try await store.tenant("ours")
        let repository = SalonRepository(store.database, scope: scope)
        let bare = SalonProfile.sample("bare")
        _ = try await repository.upsert([ImportedSalon(profile: Self.whole), ImportedSalon(profile: bare)])
        let salons = try await repository.salons(source: "test", limit: 10)
        #expect(salons.map(\.profile) == [bare, Self.whole])
        #expect(salons.allSatisfy { $0.tenant == scope.tenant && $0.tenantSlug.text == "ours" })
        #expect(try await repository.salon(salons[1].id) == salons[1])
        #expect(try await repository.salons(source: "test", limit: 1) == [salons[0]])
        #expect(try await repository.counts() == [.published: 1, .draft: 1])
    }

    @Test func `counts what was new, changed and the same`() async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        var rows = (1...5).map { ImportedSalon(profile: .sample("\($0)"), sourceData: ["a": "\($0)"]) }
        #expect(try await repository.upsert(rows) == UpsertCounts(inserted: 5))
        let ids = try await repository.salons(source: "test", limit: 9).map(\.id)
        rows[0].profile.name = "another name"
        rows[1].sourceData = ["a": "another value"]
        rows.append(ImportedSalon(profile: .sample("6")))
        #expect(try await repository.upsert(rows) == UpsertCounts(inserted: 1, updated: 2, unchanged: 3))
        let salons = try await repository.salons(source: "test", limit: 9)
        #expect(salons.prefix(5).map(\.id) == ids)
        #expect(salons[0].profile.name == "another name")
    }

    @Test func `rows that are the same raise no version and write no event`() async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        let rows = [
            ImportedSalon(profile: Self.whole, sourceData: ["b": "2", "a": "1"]), ImportedSalon(profile: .sample("x")),
        ]
        _ = try await repository.upsert(rows)
        let events = try await Self.events(store)
        #expect(events.count == 2)
        #expect(try await repository.upsert(rows) == UpsertCounts(unchanged: 2))
        #expect(try await Self.events(store) == events)
        #expect(try await Self.version(store) == 1)
    }

    static let changes: [@Sendable (inout SalonProfile) -> Void] = [
        { $0.name = "n" },
        { $0.address.street = nil }, { $0.address.housenumber = "1" }, { $0.address.floorDoor = nil },
        { $0.address.postcode = "2" }, { $0.address.city = "c" }, { $0.address.country = "SE" },
        { $0.location = Coordinate(uncheckedLatitude: 55.67612345678902, longitude: $0.location.longitude) },
        { $0.location = Coordinate(uncheckedLatitude: $0.location.latitude, longitude: 12) },
        { $0.timeZone = "UTC" }, { $0.categories = [] }, { $0.priceLevel = nil }, { $0.rating = nil },
        { $0.rating = Rating(tenths: 47, count: 113) }, { $0.attributes = [] }, { $0.openingHours = nil },
        { $0.website = nil }, { $0.phone = "1" },
    ]

    @Test(arguments: changes)
    func `a change of any part is a change`(change: @Sendable (inout SalonProfile) -> Void) async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        _ = try await repository.upsert([ImportedSalon(profile: Self.whole)])
        var changed = Self.whole
        change(&changed)
        #expect(try await repository.upsert([ImportedSalon(profile: changed)]) == UpsertCounts(updated: 1))
        #expect(try await repository.salons(source: "test", limit: 1).first?.profile == changed)
        #expect(try await Self.version(store) == 2)
        #expect(try await Self.events(store).count == 2)
    }

    @Test func `the owner's status outlives an import`() async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        var row = ImportedSalon(profile: .sample("x"))
        _ = try await repository.upsert([row])
        let id = try #require(try await repository.salons(source: "test", limit: 1).first?.id)
        #expect(try await repository.setStatus(.closed, of: id))
        #expect(try await repository.setStatus(.closed, of: id) == false)
        row.profile.name = "another name"
        #expect(try await repository.upsert([row]) == UpsertCounts(updated: 1))
        let salon = try await repository.salon(id)
        #expect(salon?.profile.status == .closed)
        #expect(salon?.profile.name == "another name")
    }

    @Test func `a batch with a row that the table refuses is refused whole`() async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        var bad = SalonProfile.sample("bad")
        bad.location = Coordinate(uncheckedLatitude: 91, longitude: 12)
        let rows = [ImportedSalon(profile: .sample("good")), ImportedSalon(profile: bad)]
        let error = await #expect(throws: PostgresError.self) { try await repository.upsert(rows) }
        #expect(error?.code == .checkViolation)
        #expect(try await repository.counts() == [:])
        #expect(try await Self.events(store) == [])
        #expect(try await repository.upsert([rows[0]]) == UpsertCounts(inserted: 1))
    }

    @Test func `two tenants may have the same reference`() async throws {
        let store = try await Store.migrated(poolSize: 1)
        for slug in ["ours", "theirs"] {
            let repository = SalonRepository(store.database, scope: try await store.tenant(slug))
            #expect(
                try await repository.upsert([ImportedSalon(profile: .sample("x", name: slug))])
                    == UpsertCounts(inserted: 1))
            #expect(try await repository.salons(source: "test", limit: 9).map(\.profile.name) == [slug])
        }
    }

    @Test func `a salon can be moved and removed`() async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        _ = try await repository.upsert([ImportedSalon(profile: .sample("x"))])
        let id = try #require(try await repository.salons(source: "test", limit: 1).first?.id)
        let place = Coordinate(uncheckedLatitude: -17.5, longitude: 179.9)
        #expect(try await repository.move(id, to: place))
        #expect(try await repository.salon(id)?.profile.location == place)
        let cell = try await store.owner { try $0.query("SELECT cell FROM salon")[0].decode(Int64.self) }
        #expect(UInt64(cell) == GeohashCell(place).rawValue)
        #expect(try await repository.delete(id))
        #expect(try await repository.delete(id) == false)
        #expect(try await repository.salon(id) == nil)
        #expect(try await Self.events(store) == ["salon.changed", "salon.changed", "salon.deleted"])
    }

    @Test func `a listing shows published salons of the scope alone`() async throws {
        let store = try await Store.migrated()
        var scopes: [String: [SalonID]] = [:]
        for slug in ["ours", "theirs"] {
            let repository = SalonRepository(store.database, scope: try await store.tenant(slug))
            var published = Self.whole
            published.status = .published
            _ = try await repository.upsert([
                ImportedSalon(profile: published), ImportedSalon(profile: .sample("bare", name: slug)),
            ])
            let hidden = try await repository.salons(source: "test", limit: 9)
            scopes[slug] = hidden.map(\.id)
            if slug == "ours" { _ = try await repository.setStatus(.draft, of: hidden[0].id) }
        }
        let ids = scopes.values.flatMap(\.self)
        let listing = PublishedSalonRepository(store.database)
        let all = try await listing.salons(ids, scope: .marketplace)
        #expect(all.count == 3)
        let ours = try await listing.salons(
            ids, scope: try await store.resolver.commandLineScope(tenant: TenantSlug("ours")!))
        #expect(Set(ours.keys) == [scopes["ours"]![1]])
        #expect(ours.values.first?.addressLine == "Vestergade 21B, 1456 København K")
        #expect(ours.values.first?.rating == Self.whole.rating)
        #expect(ours.values.first?.location == Self.whole.location)
    }
}
