import Directory
import Discovery
import Events
import Foundation
import Geodesy
import Harness
import LocalServices
import Postgres
import Salons
import Tenancy
import Testing

@testable import Catalogue
@testable import Migrations

/// The service under a login that owns nothing and is a member of `salons_app` alone, as an installation should have
/// it.
struct ServiceLoginTests {
    /// The migrated database as such a login reaches it.
    private static func store() async throws -> (service: Store, owner: Store) {
        let owner = try await Store.migrated()
        let name = try await owner.owner { connection in
            try connection.executeScript(
                unsafe: """
                    DO $$ BEGIN
                        CREATE ROLE service_login LOGIN NOINHERIT;
                        GRANT salons_app TO service_login;
                    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                    END $$
                    """)
            return try connection.query("SELECT current_database()::text")[0].decode(String.self)
        }
        let url = try await TestServices.shared().postgres.url(database: name, user: "service_login")
        return (try Store(ownerURL: url), owner)
    }

    @Test func `the login that is made for a service is a member of one role and nothing else`() async throws {
        let owner = try await Store.migrated()
        let name = "made_login"
        for round in 1...2 {
            try await DatabaseSetup.createLogin(name, at: owner.ownerURL)
            let (flags, roles) = try await owner.owner { connection in
                try connection.query(
                    """
                    SELECT r.rolsuper OR r.rolinherit OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
                            OR r.rolbypassrls OR NOT r.rolcanlogin,
                        ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                            WHERE m.member = r.oid)
                    FROM pg_roles r WHERE r.rolname = \(name)
                    """)[0].decode(Bool.self, [String].self)
            }
            #expect(!flags && roles == ["salons_app"], "round \(round)")
            // One that has become more is made to be no more.
            try await owner.owner {
                try $0.executeScript(
                    unsafe: "ALTER ROLE made_login SUPERUSER INHERIT; GRANT salons_tenant TO made_login")
            }
        }
        try await DatabaseSetup.createLogin(name, at: owner.ownerURL)
        let database = try await owner.owner { connection in
            try connection.query("SELECT current_database()::text")[0].decode(String.self)
        }
        let url = try await TestServices.shared().postgres.url(database: database, user: name)
        let store = try Store(ownerURL: url)
        let error = await #expect(throws: PostgresError.self) {
            try await store.owner { try $0.executeScript(unsafe: "SELECT FROM salon") }
        }
        #expect(error?.code == .insufficientPrivilege)
        #expect(try await store.tenant("made").tenant != nil)
    }

    @Test func `every kind of work is possible`() async throws {
        let (store, owner) = try await Self.store()
        let scope = try await store.tenant("ours")
        let repository = SalonRepository(store.database, scope: scope)
        #expect(try await repository.upsert([ImportedSalon(profile: .sample("x"))]) == UpsertCounts(inserted: 1))
        let salon = try #require(try await repository.salons(source: "test", limit: 1).first)
        #expect(try await repository.move(salon.id, to: SalonProfile.sample("y", latitude: 56).location))
        let query = SalonQuery(origin: salon.profile.location, region: .everywhere)
        for seen in [scope, .marketplace] {
            let page = try await PostGISSearch(store.database).search(query, scope: seen)
            #expect(page.hits.map(\.id) == [salon.id])
        }
        let key = try await store.tenants.createPublishableKey(tenant: scope.tenant!, origins: [])
        #expect(try await store.resolver.scope(publishableKey: key, origin: nil) == scope.asCustomer)
        try await withDirectory(on: store) { directory in
            #expect(try directory.salon(salon.id)?.version == 2)
            _ = try await repository.delete(salon.id)
            try await eventually { try directory.salon(salon.id) == nil }
        }
        try await eventually { try await EventRetention(store.database).prune(before: .distantFuture).removed == 3 }
        #expect(try await owner.publishedVersions().isEmpty)
    }

    @Test func `it sees which migrations are missing and can apply none`() async throws {
        let (store, _) = try await Self.store()
        let migrator = try Migrator(
            directory: Store.migrations, configuration: Configuration(store.ownerURL), logger: .silent)
        #expect(try await migrator.pending() == [])
        await #expect(throws: PostgresError.self) { try await migrator.migrate() }
    }

    @Test(arguments: [
        "SELECT FROM salon", "SELECT FROM published_salon", "SELECT FROM credential", "SET ROLE salons_publisher",
        "SET ROLE postgres", "ALTER TABLE salon DISABLE ROW LEVEL SECURITY", "DELETE FROM schema_migration",
        "CREATE TABLE mine ()", "GRANT salons_publisher TO service_login",
    ])
    func `the login itself can do nothing`(statement: String) async throws {
        let (store, _) = try await Self.store()
        let error = await #expect(throws: PostgresError.self) {
            try await store.owner { try $0.executeScript(unsafe: statement) }
        }
        #expect(error?.code == .insufficientPrivilege)
    }
}
