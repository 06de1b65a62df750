import Harness
import Postgres
import Testing

struct CatalogueTests {
    @Test func `every table keeps tenants apart`() async throws {
        let store = try await Store.migrated()
        #expect(try await store.owner { try Catalogue.complaints($0) } == [])
    }

    @Test func `the ten roles are there`() async throws {
        let store = try await Store.migrated()
        let count = try await store.owner { connection in
            try connection.query("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'salons\\_%'")[0].decode(Int.self)
        }
        #expect(count == 10)
    }

    /// A table as it should be, which each case spoils in one way.
    private static let good = """
        CREATE TABLE good (tenant_id uuid NOT NULL, id bigint NOT NULL, PRIMARY KEY (tenant_id, id));
        ALTER TABLE good ENABLE ROW LEVEL SECURITY;
        ALTER TABLE good FORCE ROW LEVEL SECURITY;
        CREATE POLICY good ON good TO salons_tenant
            USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
        """

    @Test func `has nothing to say against a good table`() async throws {
        let store = try await Store.migrated()
        let complaints = try await store.owner { connection in
            try connection.executeScript(unsafe: Self.good)
            return try Catalogue.complaints(connection)
        }
        #expect(complaints == [])
    }

    @Test func `a table of make_tenant_table is a good one, and closed but for what was given`() async throws {
        let store = try await Store.migrated()
        let (complaints, rights) = try await store.owner { connection in
            try connection.executeScript(
                unsafe: """
                    CREATE TABLE made (tenant_id uuid NOT NULL, id bigint NOT NULL, PRIMARY KEY (tenant_id, id));
                    SELECT make_tenant_table('made', 'SELECT, INSERT', 'SELECT (id)')
                    """)
            let rights = try connection.query(
                """
                SELECT role || ' ' || privilege FROM unnest(ARRAY['salons_tenant', 'salons_calendar']) AS role,
                    unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege
                WHERE has_table_privilege(role, 'made', privilege) ORDER BY 1
                """
            ).map { try $0.decode(String.self) }
            return (try Catalogue.complaints(connection), rights)
        }
        #expect(complaints == [])
        #expect(rights == ["salons_tenant INSERT", "salons_tenant SELECT"])
    }

    @Test(arguments: [
        "made (id bigint PRIMARY KEY)", "made (tenant_id uuid NOT NULL)",
        "made (tenant_id uuid NOT NULL, id bigint, PRIMARY KEY (id, tenant_id))",
        "made (tenant_id text PRIMARY KEY)",
    ])
    func `make_tenant_table refuses a table that cannot keep tenants apart`(table: String) async throws {
        let store = try await Store.migrated()
        let error = await #expect(throws: PostgresError.self) {
            try await store.owner { connection in
                try connection.executeScript(
                    unsafe: "CREATE TABLE \(table); SELECT make_tenant_table('made', 'SELECT')")
            }
        }
        #expect(error?.message == "the primary key of made must begin with tenant_id, a uuid")
    }

    @Test(arguments: [
        ("ALTER TABLE good DISABLE ROW LEVEL SECURITY", "good: row-level security is not enabled"),
        ("ALTER TABLE good NO FORCE ROW LEVEL SECURITY", "good: row-level security is not forced"),
        ("DROP POLICY good ON good", "good: no policy of salons_tenant by current_tenant()"),
        (
            "ALTER POLICY good ON good USING (true)",
            "good: no policy of salons_tenant by current_tenant()"
        ),
        (
            "ALTER POLICY good ON good WITH CHECK (true)",
            "good: no policy of salons_tenant by current_tenant()"
        ),
        (
            "CREATE POLICY loose ON good USING (true)",
            "good: no policy of salons_tenant by current_tenant()"
        ),
        (
            "ALTER TABLE good DROP CONSTRAINT good_pkey, ADD PRIMARY KEY (id, tenant_id)",
            "good: the primary key does not begin with tenant_id"
        ),
        (
            "ALTER TABLE good DROP CONSTRAINT good_pkey, ALTER tenant_id DROP NOT NULL",
            "good: no tenant_id uuid NOT NULL"
        ),
        ("CREATE INDEX good_id ON good (id)", "good_id: the index does not begin with tenant_id"),
        ("CREATE INDEX good_lower ON good ((id + 1))", "good_lower: the index does not begin with tenant_id"),
        ("GRANT SELECT (id) ON good TO salons_app", "salons_app has a privilege on good"),
        ("GRANT SELECT ON good TO PUBLIC", "salons_marketplace has a privilege on good"),
        ("GRANT SELECT ON salon TO salons_marketplace", "salons_marketplace has a privilege on salon"),
        (
            "GRANT INSERT ON published_salon TO salons_marketplace",
            "salons_marketplace has a privilege on published_salon"
        ),
        ("ALTER ROLE salons_feed BYPASSRLS", "salons_feed: the role passes row-level security by"),
    ])
    func `finds what a table lacks`(spoiling: String, complaint: String) async throws {
        let store = try await Store.migrated()
        let complaints = try await store.owner { connection in
            // Roles are of the whole cluster, so that the change must not be committed.
            try connection.executeScript(unsafe: "BEGIN; \(Self.good); \(spoiling)")
            let complaints = try Catalogue.complaints(connection)
            try connection.executeScript(unsafe: "ROLLBACK")
            return complaints
        }
        #expect(complaints.contains(complaint), "\(complaints)")
    }
}
