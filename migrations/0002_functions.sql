-- The tenant of this transaction. Without one it raises an error: a forgotten scope must not look like an empty table.
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('app.tenant_id')::uuid;

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

-- Bayesian mean in thousandths of a star with a prior of ten ratings of 4.2; 0 for an unrated salon. The same integer
-- arithmetic as Salons.Rating.quality.
CREATE FUNCTION quality(tenths smallint, count integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN tenths IS NULL THEN 0 ELSE ((tenths * 100::bigint * count + 42000) / (count::bigint + 10))::integer END;
