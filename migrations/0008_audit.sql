-- What has happened to each tenant, for good: nothing is changed or removed here. Each entry's hash covers the one
-- before it, so that a change of the past shows in every entry after it. No personal data.
CREATE TABLE audit (
    tenant_id uuid NOT NULL REFERENCES tenant,
    -- From 1, without a gap.
    n bigint NOT NULL CHECK (n > 0),
    -- The event's identity.
    incarnation integer NOT NULL,
    event_id bigint NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    revision bigint,
    payload jsonb,
    written_at timestamptz NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (tenant_id, n),
    -- One event, one entry: the backstop behind the consumer's mark.
    UNIQUE (tenant_id, incarnation, event_id)
);

-- Where each tenant's chain ends, so that entries cut off at its end are missed.
CREATE TABLE audit_head (
    tenant_id uuid PRIMARY KEY REFERENCES tenant,
    n bigint NOT NULL,
    hash bytea NOT NULL
) WITH (fillfactor = 50);

SELECT make_tenant_table('audit', 'SELECT');
SELECT make_tenant_table('audit_head', 'SELECT');
CREATE POLICY auditor ON audit TO salons_auditor USING (true) WITH CHECK (true);
CREATE POLICY auditor ON audit_head TO salons_auditor USING (true) WITH CHECK (true);
GRANT INSERT ON audit TO salons_auditor;
GRANT SELECT, INSERT, UPDATE ON audit_head TO salons_auditor;
GRANT SELECT ON outbox, incarnation TO salons_auditor;
CREATE POLICY auditor ON outbox FOR SELECT TO salons_auditor USING (true);
