-- Functions that columns and checks of a table are computed by are part of the table, so they stand here and not among
-- the functions that may change at any time.

-- The 60-bit geohash of a position: 30 bits each of longitude and latitude, interleaved, longitude first. The same
-- arithmetic as Geodesy.GeohashCell, which the tests hold it to.
CREATE FUNCTION geohash_cell(latitude double precision, longitude double precision) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    x bigint := least(floor((longitude + 180) / 360 * 1073741824), 1073741823);
    y bigint := least(floor((latitude + 90) / 180 * 1073741824), 1073741823);
BEGIN
    -- The sum above is rounded and may reach the edge beyond; the edges themselves are exact.
    IF x > 0 AND longitude < x * 0.000000007450580596923828125::double precision * 45 - 180 THEN x := x - 1; END IF;
    IF y > 0 AND latitude < y * 0.0000000037252902984619140625::double precision * 45 - 90 THEN y := y - 1; END IF;
    x := (x | (x << 16)) & 281470681808895;
    x := (x | (x << 8)) & 71777214294589695;
    x := (x | (x << 4)) & 1085102592571150095;
    x := (x | (x << 2)) & 3689348814741910323;
    x := (x | (x << 1)) & 6148914691236517205;
    y := (y | (y << 16)) & 281470681808895;
    y := (y | (y << 8)) & 71777214294589695;
    y := (y | (y << 4)) & 1085102592571150095;
    y := (y | (y << 2)) & 3689348814741910323;
    y := (y | (y << 1)) & 6148914691236517205;
    RETURN (x << 1) | y;
END
$$;

-- The place of each word in this array is its bit, as in Salons.Category.allCases: append, never reorder.
CREATE FUNCTION category_words() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['hair', 'barber', 'beauty', 'nails', 'massage', 'spa', 'tattoo', 'tanning', 'foot_care', 'hair_removal',
    'makeup', 'piercing', 'lashes', 'cosmetics', 'wellness'];

-- As above, for Salons.Attribute.allCases.
CREATE FUNCTION attribute_words() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['wheelchair', 'wheelchair_limited', 'women', 'men', 'children', 'walk_in', 'by_appointment', 'wifi',
    'cards', 'parking', 'home_visits', 'air_conditioning'];

-- The bits of words by their places in a vocabulary.
CREATE FUNCTION word_bits(words text[], vocabulary text[]) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    bits integer := 0;
    word text;
BEGIN
    FOREACH word IN ARRAY words LOOP
        bits := bits | (1 << (array_position(vocabulary, word) - 1));
    END LOOP;
    RETURN bits;
END
$$;

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
    -- A zone that is not known is not known; whatever is derived from it is then unknown as well.
    time_zone text CONSTRAINT salon_time_zone_named CHECK (time_zone <> ''),
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

SELECT make_tenant_table('salon', 'SELECT, INSERT, UPDATE, DELETE');
CREATE POLICY publication ON salon FOR SELECT TO salons_publisher USING (status = 'published');
CREATE POLICY calendars ON salon FOR SELECT TO salons_calendar USING (true);
GRANT SELECT ON salon TO salons_publisher, salons_calendar;

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
