import Postgres

/// Asks PostgreSQL's own catalogue whether each table keeps tenants apart.
enum Catalogue {
    /// Tables that hold no tenant's data.
    private static let exempt = [
        "spatial_ref_sys", "schema_migration", "schema_function",
        // The platform's own, of all tenants: no role that works for a tenant has a right to them.
        "consumer", "inbox", "failed_event", "outbox_floor", "incarnation", "job", "periodic_job", "paused_job_kind",
    ]

    /// Indexes that may begin with another column than the tenant, each with its reason.
    private static let allowedIndexes = [
        "tenant_slug_unique",  // slugs are unique over all tenants: they stand in URLs
        "credential_digest",  // looks up whose key a request shows, before the tenant is known
        "credential_host",  // as above, for host names
        "salon_published_cell",  // the marketplace searches all tenants
        "salon_published_id",  // the feed reads single salons of all tenants
        "outbox_feed",  // the feed reads the events of all tenants in one order
        "staff_person",  // a booking raises the epoch of a person at every tenant where they work
        "booking_identity",  // a customer shows nothing but a booking's identifier
        "occupancy_overlap",  // nobody is in two places at once, whoever the tenants are
        "idempotency_age",  // old keys of all tenants are forgotten
        "occupancy_hold_expiry",  // the sweeper ends the holds of all tenants
    ]

    /// What each role without a scope of its own may read.
    private static let allowedRelations: [String: [String]] = [
        // Readiness compares the migrations that were applied with those that it knows.
        "salons_app": ["schema_migration", "schema_function"],
        // The table of coordinate systems is PostGIS's own, which its functions read.
        "salons_marketplace": ["published_salon", "spatial_ref_sys"],
    ]

    /// One sentence for each thing that is wrong.
    static func complaints(_ connection: isolated Connection) throws -> [String] {
        var complaints: [String] = []
        for row in try connection.query(tables) {
            let (table, hasTenant, isFirstInKey, isEnabled, isForced, hasPolicy) = try row.decode(
                String.self, Bool.self, Bool.self, Bool.self, Bool.self, Bool.self)
            if !hasTenant { complaints.append("\(table): no tenant_id uuid NOT NULL") }
            if !isFirstInKey { complaints.append("\(table): the primary key does not begin with tenant_id") }
            if !isEnabled { complaints.append("\(table): row-level security is not enabled") }
            if !isForced { complaints.append("\(table): row-level security is not forced") }
            if !hasPolicy { complaints.append("\(table): no policy of salons_tenant by current_tenant()") }
        }
        for row in try connection.query(indexes) {
            complaints.append("\(try row.decode(String.self)): the index does not begin with tenant_id")
        }
        for (role, relations) in allowedRelations {
            for row in try connection.query(privileges(role: role, allowed: relations)) {
                complaints.append("\(role) has a privilege on \(try row.decode(String.self))")
            }
        }
        for row in try connection.query(roles) {
            complaints.append("\(try row.decode(String.self)): the role passes row-level security by")
        }
        return complaints.sorted()
    }

    private static var tables: SQL {
        """
        SELECT c.relname::text,
            EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id'
                AND a.attnotnull AND a.atttypid = 'uuid'::regtype),
            EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                WHERE i.indrelid = c.oid AND i.indisprimary AND a.attname = 'tenant_id'),
            c.relrowsecurity, c.relforcerowsecurity,
            -- The tenants' policies are or-ed, so that a single loose one opens the table.
            EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd = '*'
                AND 'salons_tenant'::regrole = ANY (p.polroles))
            AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid
                AND ('salons_tenant'::regrole = ANY (p.polroles) OR 0 = ANY (p.polroles))
                AND (pg_get_expr(p.polqual, c.oid) IS DISTINCT FROM '(tenant_id = current_tenant())'
                    OR pg_get_expr(p.polwithcheck, c.oid) IS DISTINCT FROM '(tenant_id = current_tenant())'))
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            AND c.relname <> ALL (\(exempt)::text[])
        ORDER BY 1
        """
    }

    private static var indexes: SQL {
        """
        SELECT x.relname::text FROM pg_index i
            JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> ALL (\(exempt)::text[])
            AND NOT i.indisprimary AND a.attname IS DISTINCT FROM 'tenant_id'
            AND x.relname <> ALL (\(allowedIndexes)::text[])
        """
    }

    private static func privileges(role: String, allowed: [String]) -> SQL {
        """
        SELECT c.relname::text FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            AND (has_any_column_privilege(\(role)::name, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
                OR has_table_privilege(\(role)::name, c.oid, 'DELETE, TRUNCATE, TRIGGER'))
            AND (c.relname <> ALL (\(allowed)::text[])
                OR has_any_column_privilege(\(role)::name, c.oid, 'INSERT, UPDATE, REFERENCES')
                OR has_table_privilege(\(role)::name, c.oid, 'DELETE, TRUNCATE, TRIGGER'))
        """
    }

    private static let roles: SQL = """
        SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'salons\\_%'
            AND (rolbypassrls OR rolsuper OR rolcanlogin OR rolcreaterole OR rolinherit)
        """
}
