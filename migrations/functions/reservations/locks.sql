-- The keys of the slots of 15 minutes that a range touches. Two ranges that overlap share an instant, so a slot.
CREATE OR REPLACE FUNCTION slot_keys(person uuid, during tstzrange) RETURNS SETOF bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT uuid_hash_extended(person, slot) FROM generate_series(
        floor(extract(epoch FROM lower(during)) / 900)::bigint,
        ceil(extract(epoch FROM upper(during)) / 900)::bigint - 1) AS slot
$$;

-- The two halves of the key of a person's whole calendar; locks of two int4 are a space of their own, so that none of
-- them can be the lock of a slot.
CREATE OR REPLACE FUNCTION staff_key(person uuid) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN uuid_hash_extended(person, -1);

-- Shared for whoever books, exclusive for whoever changes working time or takes much of it. Somebody who is no staff
-- yet has no bookings to wait for.
CREATE OR REPLACE FUNCTION lock_staff(persons uuid[], exclusively boolean) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    key bigint;
BEGIN
    FOR key IN SELECT DISTINCT staff_key(person) AS k FROM unnest(own_persons(persons)) AS person ORDER BY k LOOP
        IF exclusively THEN
            PERFORM pg_advisory_xact_lock((key >> 32)::integer, ((key << 32) >> 32)::integer);
        ELSE
            PERFORM pg_advisory_xact_lock_shared((key >> 32)::integer, ((key << 32) >> 32)::integer);
        END IF;
    END LOOP;
END
$$;
SELECT make_definer_function('lock_staff(uuid[], boolean)', 'salons_tenant');

-- All keys of all steps in one ascending order, whatever persons they belong to.
CREATE OR REPLACE FUNCTION lock_slots(persons uuid[], ranges tstzrange[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own uuid[] := own_persons(persons);
    key bigint;
BEGIN
    FOR key IN
        SELECT DISTINCT k FROM unnest(persons, ranges) AS step (person, during), slot_keys(person, during) AS k
        WHERE person = ANY (own) ORDER BY k
    LOOP
        PERFORM pg_advisory_xact_lock(key);
    END LOOP;
END
$$;
SELECT make_definer_function('lock_slots(uuid[], tstzrange[])', 'salons_tenant');
