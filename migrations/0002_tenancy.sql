-- The tenant of this transaction. Without one it raises an error: a forgotten scope must not look like an empty table.
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('app.tenant_id')::uuid;

-- Makes a table one that keeps tenants apart: row-level security that its owner cannot pass by either, the policy of
-- salons_tenant, and the privileges that it and salons_calendar are given, as GRANT names them ('SELECT, UPDATE (a)').
-- An empty `tenant_may` leaves the table closed to salons_tenant; without `calendars_may` salons_calendar sees nothing.
-- Other roles get policies of their own after it.
CREATE FUNCTION make_tenant_table(made regclass, tenant_may text, calendars_may text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = made AND i.indisprimary AND a.attname = 'tenant_id' AND a.atttypid = 'uuid'::regtype
    ) THEN
        RAISE EXCEPTION 'the primary key of % must begin with tenant_id, a uuid', made
            USING ERRCODE = 'invalid_table_definition';
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', made);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', made);
    EXECUTE format('CREATE POLICY tenant_isolation ON %s TO salons_tenant
        USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', made);
    IF tenant_may <> '' THEN EXECUTE format('GRANT %s ON %s TO salons_tenant', tenant_may, made); END IF;
    IF calendars_may IS NOT NULL THEN
        EXECUTE format('CREATE POLICY calendars ON %s TO salons_calendar USING (true) WITH CHECK (true)', made);
        EXECUTE format('GRANT %s ON %s TO salons_calendar', calendars_may, made);
    END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION make_tenant_table FROM PUBLIC;

-- One independent business.
CREATE TABLE tenant (
    tenant_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug text NOT NULL CONSTRAINT tenant_slug_unique UNIQUE
        CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 63),
    name text NOT NULL CHECK (name <> ''),
    country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    created_at timestamptz NOT NULL DEFAULT now()
);
SELECT make_tenant_table('tenant', 'SELECT');
CREATE POLICY tenant_administration ON tenant TO salons_platform USING (true) WITH CHECK (true);
CREATE POLICY tenant_publication ON tenant FOR SELECT TO salons_publisher USING (true);
CREATE POLICY calendars ON tenant FOR SELECT TO salons_calendar USING (true);
GRANT SELECT ON tenant TO salons_publisher, salons_calendar;
GRANT SELECT, INSERT, UPDATE ON tenant TO salons_platform;

-- What a request shows to say whose it is. A key is kept only as its SHA-256; a host name is no secret.
CREATE TABLE credential (
    tenant_id uuid NOT NULL REFERENCES tenant,
    credential_id uuid NOT NULL DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('publishable_key', 'host')),
    digest bytea CHECK (length(digest) = 32),
    host text CHECK (host = lower(host) AND host <> ''),
    origins text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, credential_id),
    CHECK ((kind = 'publishable_key') = (digest IS NOT NULL)),
    CHECK ((kind = 'host') = (host IS NOT NULL))
);
CREATE UNIQUE INDEX credential_digest ON credential (digest) WHERE digest IS NOT NULL;
CREATE UNIQUE INDEX credential_host ON credential (host) WHERE host IS NOT NULL AND revoked_at IS NULL;
SELECT make_tenant_table('credential', '');
CREATE POLICY credential_administration ON credential TO salons_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON credential TO salons_platform;
