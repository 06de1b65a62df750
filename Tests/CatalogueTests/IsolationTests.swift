import Foundation
import Harness
import Postgres
import Salons
import Tenancy
import Testing

@testable import Catalogue

/// Row-level security, with statements that name no tenant or the wrong one.
struct IsolationTests {
    private struct Pair: Sendable {
        let store: Store
        let ours: TenantScope
        let theirs: TenantScope

        init() async throws {
            store = try await Store.migrated()
            ours = try await store.tenant("ours")
            theirs = try await store.tenant("theirs")
            for scope in [ours, theirs] {
                var rows: [ImportedSalon] = []
                for status in SalonStatus.allCases {
                    var profile = SalonProfile.sample(status.rawValue, name: "\(status)")
                    profile.status = status
                    rows.append(ImportedSalon(profile: profile))
                }
                _ = try await SalonRepository(store.database, scope: scope).upsert(rows)
            }
        }
    }

    @Test func `a tenant sees its own rows and no others`() async throws {
        let pair = try await Pair()
        let (ours, theirs) = (pair.ours.tenant!.rawValue, pair.theirs.tenant!.rawValue)
        for table in ["salon", "outbox", "tenant"] {
            let (own, foreign) = try await pair.store.database.read(pair.ours) { connection in
                try connection.query(
                    """
                    SELECT count(*) FILTER (WHERE tenant_id = \(ours)), count(*) FILTER (WHERE tenant_id = \(theirs))
                    FROM \(unsafe: table)
                    """)[0].decode(Int.self, Int.self)
            }
            #expect(own == (table == "tenant" ? 1 : 3))
            #expect(foreign == 0)
        }
    }

    @Test func `a tenant cannot change or remove another's rows`() async throws {
        let pair = try await Pair()
        let theirs = pair.theirs.tenant!.rawValue
        let changed = try await pair.store.database.write(pair.ours) { connection in
            [
                try connection.execute("UPDATE salon SET name = 'ours now' WHERE tenant_id = \(theirs)"),
                try connection.execute("DELETE FROM salon WHERE tenant_id = \(theirs)"),
            ]
        }
        #expect(changed == [0, 0])
        let names = try await SalonRepository(pair.store.database, scope: pair.theirs)
            .salons(source: "test", limit: 9).map(\.profile.name)
        #expect(names.sorted() == ["closed", "draft", "published"])
    }

    @Test func `a tenant cannot write rows as another`() async throws {
        let pair = try await Pair()
        let theirs = pair.theirs.tenant!.rawValue
        let statements: [SQL] = [
            """
            INSERT INTO salon (tenant_id, name, latitude, longitude, time_zone, source, source_ref)
            VALUES (\(theirs), 'a', 1, 1, 'UTC', 'a', 'a')
            """,
            "UPDATE salon SET tenant_id = \(theirs)",
            "INSERT INTO outbox (tenant_id, kind, subject) VALUES (\(theirs), 'salon.changed', \(theirs))",
        ]
        for statement in statements {
            let error = await #expect(throws: PostgresError.self) {
                try await pair.store.database.write(pair.ours) { try $0.execute(statement) }
            }
            #expect(error?.code == .insufficientPrivilege, "\(statement.text)")
        }
    }

    @Test func `repositories of one tenant do not reach another's salon`() async throws {
        let pair = try await Pair()
        let theirs = SalonRepository(pair.store.database, scope: pair.theirs)
        let ours = SalonRepository(pair.store.database, scope: pair.ours)
        let id = try #require(try await theirs.salons(source: "test", limit: 1).first?.id)
        #expect(try await ours.salon(id) == nil)
        #expect(try await ours.setStatus(.closed, of: id) == false)
        #expect(try await ours.move(id, to: SalonProfile.sample("x").location) == false)
        #expect(try await ours.delete(id) == false)
        #expect(try await theirs.salon(id) != nil)
    }

    @Test func `the marketplace sees published salons through their view and nothing else`() async throws {
        let pair = try await Pair()
        let names = try await pair.store.database.read(.marketplace) { connection in
            try connection.query("SELECT name FROM published_salon").map { try $0.decode(String.self) }
        }
        #expect(names == ["published", "published"])
        for table in ["salon", "tenant", "credential", "outbox", "schema_migration"] {
            let error = await #expect(throws: PostgresError.self) {
                try await pair.store.database.read(.marketplace) { connection in
                    try connection.query("SELECT FROM \(unsafe: table)").count
                }
            }
            #expect(error?.code == .insufficientPrivilege, "\(table)")
        }
    }

    @Test func `a statement without a scope is refused`() async throws {
        let pair = try await Pair()
        for table in ["salon", "tenant", "credential", "outbox", "published_salon"] {
            let error = await #expect(throws: PostgresError.self) {
                try await pair.store.database.unscoped { try $0.query("SELECT FROM \(unsafe: table)").count }
            }
            #expect(error?.code == .insufficientPrivilege, "\(table)")
        }
    }

    @Test func `the tenants' role without a tenant gets an error and no empty answer`() async throws {
        let pair = try await Pair()
        await #expect(throws: PostgresError.self) {
            try await pair.store.database.unscoped { connection in
                try connection.transaction(role: "salons_tenant") { try $0.query("SELECT FROM salon").count }
            }
        }
    }

    @Test func `a scope ends with its transaction`() async throws {
        let store = try await Store.migrated(poolSize: 1)
        let ours = try await store.tenant("ours")
        _ = try await SalonRepository(store.database, scope: ours).counts()
        let (role, tenant) = try await store.database.unscoped { connection in
            try connection.query("SELECT current_user::text, current_setting('app.tenant_id', true)")[0]
                .decode(String.self, String?.self)
        }
        #expect(role == "salons_app")
        #expect((tenant ?? "").isEmpty)
    }

    @Test func `the marketplace cannot write`() async throws {
        let pair = try await Pair()
        await #expect(throws: TenancyError.marketplaceIsReadOnly) {
            try await SalonRepository(pair.store.database, scope: .marketplace)
                .upsert([ImportedSalon(profile: .sample("x"))])
        }
        let error = await #expect(throws: PostgresError.self) {
            try await pair.store.database.read(pair.ours) { try $0.execute("DELETE FROM salon") }
        }
        #expect(error?.code == .readOnlyTransaction)
    }

    @Test func `none of the duties of the platform reads salons`() async throws {
        let pair = try await Pair()
        for access in [PlatformAccess.feed(), .administration(), .events(), .jobs()] {
            let error = await #expect(throws: PostgresError.self) {
                try await pair.store.database.platform(access) { try $0.query("SELECT FROM salon").count }
            }
            #expect(error?.code == .insufficientPrivilege)
        }
    }
}
