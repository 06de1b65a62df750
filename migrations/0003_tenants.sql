-- One independent business.
CREATE TABLE tenant (
    tenant_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug text NOT NULL CONSTRAINT tenant_slug_unique UNIQUE
        CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 63),
    name text NOT NULL CHECK (name <> ''),
    country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenant TO salons_tenant
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
CREATE POLICY tenant_administration ON tenant TO salons_platform USING (true) WITH CHECK (true);
CREATE POLICY tenant_publication ON tenant FOR SELECT TO salons_publisher USING (true);
GRANT SELECT ON tenant TO salons_tenant, salons_publisher;
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
ALTER TABLE credential ENABLE ROW LEVEL SECURITY;
ALTER TABLE credential FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON credential TO salons_tenant
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
CREATE POLICY credential_administration ON credential TO salons_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON credential TO salons_platform;
