CREATE TABLE salon (
    tenant_id uuid NOT NULL REFERENCES tenant,
    salon_id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (name <> ''),
    street text,
    housenumber text,
    floor_door text,
    postcode text,
    city text,
    country char(2) CHECK (country ~ '^[A-Z]{2}$'),
    -- PostGIS turns a latitude of 91 into 89 without a word, so the numbers are checked before it sees them.
    latitude double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    longitude double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    location geography(Point, 4326) NOT NULL
        GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography) STORED,
    cell bigint NOT NULL GENERATED ALWAYS AS (geohash_cell(latitude, longitude)) STORED,
    time_zone text NOT NULL,
    categories text[] NOT NULL DEFAULT '{}' CHECK (categories <@ category_words()),
    category_bits integer NOT NULL GENERATED ALWAYS AS (word_bits(categories, category_words())) STORED,
    price_level smallint CHECK (price_level BETWEEN 1 AND 4),
    rating_tenths smallint CHECK (rating_tenths BETWEEN 0 AND 50),
    rating_count integer NOT NULL DEFAULT 0 CHECK (rating_count >= 0),
    attributes text[] NOT NULL DEFAULT '{}' CHECK (attributes <@ attribute_words()),
    attribute_bits integer NOT NULL GENERATED ALWAYS AS (word_bits(attributes, attribute_words())) STORED,
    opening_hours text,
    website text,
    phone text,
    status text NOT NULL DEFAULT 'published' CHECK (status IN ('draft', 'published', 'closed')),
    source text NOT NULL CHECK (source <> ''),
    source_ref text NOT NULL CHECK (source_ref <> ''),
    source_data jsonb,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, salon_id),
    CONSTRAINT salon_source_unique UNIQUE (tenant_id, source, source_ref)
);

-- Under row-level security PostGIS's operators are not leakproof, so a GiST index would not be used (measured: 141 ms
-- against 0.65 ms); ranges of this btree with the exact distance after them are (0.38 ms).
CREATE INDEX salon_tenant_cell ON salon (tenant_id, cell);
-- For the marketplace, which searches all tenants.
CREATE INDEX salon_published_cell ON salon (cell) WHERE status = 'published';
-- For reading single salons of all tenants by identifier, as the feed does.
CREATE INDEX salon_published_id ON salon (salon_id) WHERE status = 'published';

ALTER TABLE salon ENABLE ROW LEVEL SECURITY;
ALTER TABLE salon FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON salon TO salons_tenant
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
CREATE POLICY publication ON salon FOR SELECT TO salons_publisher USING (status = 'published');
GRANT SELECT, INSERT, UPDATE, DELETE ON salon TO salons_tenant;
GRANT SELECT ON salon TO salons_publisher;

-- Events for the directory, and later for a broker: written with the change that they tell of.
CREATE TABLE outbox (
    tenant_id uuid NOT NULL REFERENCES tenant,
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind text NOT NULL,
    subject uuid NOT NULL,
    payload jsonb,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id)
);
-- The order in which the feed reads: all tenants, below the oldest transaction that still runs.
CREATE INDEX outbox_feed ON outbox (txid, id);
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON outbox TO salons_tenant
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
CREATE POLICY feed ON outbox TO salons_feed USING (true);
GRANT SELECT, INSERT ON outbox TO salons_tenant;
GRANT SELECT (tenant_id, id, txid, kind, subject, created_at), DELETE ON outbox TO salons_feed;

-- Reconciliation compares versions, so that no change may leave one behind.
CREATE FUNCTION salon_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER salon_version BEFORE UPDATE ON salon FOR EACH ROW EXECUTE FUNCTION salon_raise_version();

-- One statement an event set, however many rows it changed.
CREATE FUNCTION salon_write_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO outbox (tenant_id, kind, subject) SELECT tenant_id, 'salon.deleted', salon_id FROM gone;
    ELSE
        INSERT INTO outbox (tenant_id, kind, subject) SELECT tenant_id, 'salon.changed', salon_id FROM changed;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER salon_inserted AFTER INSERT ON salon REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION salon_write_events();
CREATE TRIGGER salon_updated AFTER UPDATE ON salon REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION salon_write_events();
CREATE TRIGGER salon_deleted AFTER DELETE ON salon REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION salon_write_events();

-- The one relation that the marketplace reads. It works with the rights of its owner, whose policy lets published
-- salons through and nothing else. The tenant is always there; the outer join lets a search that does not ask for the
-- slug leave the join out, and with it a plan that goes through the salons tenant by tenant.
CREATE VIEW published_salon WITH (security_barrier) AS
SELECT s.tenant_id, t.slug AS tenant_slug, s.salon_id, s.version, s.cell, s.latitude, s.longitude, s.location,
    s.category_bits, s.attribute_bits, s.price_level, s.rating_tenths, s.rating_count, s.name, s.time_zone,
    s.opening_hours, s.street, s.housenumber, s.floor_door, s.postcode, s.city, s.country::text AS country, s.website,
    s.phone
FROM salon s LEFT JOIN tenant t USING (tenant_id)
WHERE s.status = 'published';
GRANT CREATE ON SCHEMA public TO salons_publisher;
ALTER VIEW published_salon OWNER TO salons_publisher;
REVOKE CREATE ON SCHEMA public FROM salons_publisher;
GRANT SELECT ON published_salon TO salons_marketplace, salons_feed;
