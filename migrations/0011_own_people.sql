-- Functions that work with the rights of salons_calendar see all tenants. None of them takes the caller's word for
-- whose something is: the tenant is current_tenant(), and persons are those who work for it. Whoever else is named is
-- passed over, so that the answer is the same as for a person who does not exist.

-- Those of some persons who work for the tenant of this transaction.
CREATE FUNCTION own_persons(persons uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT person FROM unnest(persons) AS person
        WHERE EXISTS (SELECT FROM staff f WHERE f.staff_id = person AND f.tenant_id = current_tenant()));
END
$$;

-- Raises the epoch of these persons, in all places where each works, and tells each of the tenants. Rows are locked in
-- one order by everyone: by person, and a person's few rows by place. For the functions of this schema alone.
CREATE FUNCTION raise_all_epochs(persons uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    person uuid;
    place record;
    epoch bigint;
    last_tenant uuid;
BEGIN
    FOR person IN SELECT DISTINCT unnest(persons) ORDER BY 1 LOOP
        last_tenant := NULL;
        FOR place IN
            SELECT tenant_id, salon_id FROM staff WHERE staff_id = person ORDER BY tenant_id, salon_id
        LOOP
            UPDATE staff SET availability_epoch = availability_epoch + 1
            WHERE tenant_id = place.tenant_id AND salon_id = place.salon_id AND staff_id = person
            RETURNING availability_epoch INTO epoch;
            IF place.tenant_id IS DISTINCT FROM last_tenant THEN
                INSERT INTO outbox (tenant_id, kind, subject, revision)
                VALUES (place.tenant_id, 'availability.changed', person, epoch);
            END IF;
            last_tenant := place.tenant_id;
        END LOOP;
    END LOOP;
END
$$;

-- The same for the people of the caller, who may work for others too.
CREATE OR REPLACE FUNCTION raise_epochs(persons uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM raise_all_epochs(own_persons(persons));
END
$$;

-- For the triggers of this schema alone, which know the tenant from the row.
CREATE OR REPLACE FUNCTION raise_revisions(tenant uuid, salons uuid[], working_time boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    persons uuid[];
BEGIN
    PERFORM 1 FROM calendar WHERE tenant_id = tenant AND salon_id = ANY (salons) ORDER BY salon_id FOR NO KEY UPDATE;
    WITH raised AS (
        UPDATE calendar SET revision = revision + 1 WHERE tenant_id = tenant AND salon_id = ANY (salons)
        RETURNING salon_id, revision
    )
    INSERT INTO outbox (tenant_id, kind, subject, revision)
    SELECT tenant, 'calendar.changed', salon_id, revision FROM raised;
    IF working_time THEN
        persons := ARRAY(SELECT DISTINCT staff_id FROM staff WHERE tenant_id = tenant AND salon_id = ANY (salons));
        IF persons <> '{}' THEN PERFORM raise_all_epochs(persons); END IF;
    END IF;
END
$$;

-- A person's epoch is the same number in all places, so that one event tells all of them: a new place takes it over. A
-- tenant cannot name a person who works for another one: only the platform says that two of them are the same. That an
-- identifier is taken says no more than a refused primary key would.
CREATE OR REPLACE FUNCTION staff_take_epoch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    known bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.staff_id = OLD.staff_id AND NEW.tenant_id = OLD.tenant_id THEN RETURN NEW; END IF;
    END IF;
    known := (SELECT max(availability_epoch) FROM staff WHERE staff_id = NEW.staff_id);
    IF known IS NULL THEN RETURN NEW; END IF;
    IF (current_setting('role') = 'salons_tenant' OR session_user = 'salons_tenant') AND NOT EXISTS (
        SELECT FROM staff WHERE staff_id = NEW.staff_id AND tenant_id = NEW.tenant_id
    ) THEN
        RAISE EXCEPTION 'the identifier % is another person''s', NEW.staff_id USING ERRCODE = 'SD002';
    END IF;
    NEW.availability_epoch := known;
    RETURN NEW;
END
$$;
DROP TRIGGER staff_epoch ON staff;
CREATE TRIGGER staff_epoch BEFORE INSERT OR UPDATE OF tenant_id, staff_id ON staff
    FOR EACH ROW EXECUTE FUNCTION staff_take_epoch();

-- Time is taken only of those who work in the salon. Before the row is there, so that the constraint against overlaps
-- tells nothing of other people. No foreign key: its row locks would make all bookings of one person share rows.
CREATE FUNCTION occupancy_of_staff() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM staff f
        WHERE f.tenant_id = NEW.tenant_id AND f.salon_id = NEW.salon_id AND f.staff_id = NEW.staff_id
    ) THEN
        RAISE EXCEPTION 'nobody with the identifier % works in salon %', NEW.staff_id, NEW.salon_id
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'occupancy_of_staff';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER occupancy_of_staff BEFORE INSERT OR UPDATE OF tenant_id, salon_id, staff_id ON occupancy
    FOR EACH ROW EXECUTE FUNCTION occupancy_of_staff();

-- Shared for whoever books, exclusive for whoever changes working time or takes much of it. Somebody who is no staff
-- yet has no bookings to wait for.
CREATE OR REPLACE FUNCTION lock_staff(persons uuid[], exclusively boolean) RETURNS void LANGUAGE plpgsql AS $$
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

-- All keys of all steps in one ascending order, whatever persons they belong to.
CREATE OR REPLACE FUNCTION lock_slots(persons uuid[], ranges tstzrange[]) RETURNS void LANGUAGE plpgsql AS $$
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

-- Ends holds whose time is over, by the clock on the wall: now() is older than the wait for the locks. Of a hold of
-- another tenant, which a person of both can have, only the caller's people are freed here, and the sweeper ends the
-- rest: who else works there is none of the caller's business. Rows are locked in one order by everyone: bookings,
-- occupancies, epochs, each ascending. So the epochs of those whose time was freed are the caller's to raise, after its
-- own rows: raised here, they and the row of a booking that is moved could be waited for crosswise (the model's
-- EPOCHS_AT_EXPIRY).
CREATE OR REPLACE FUNCTION expire_holds(persons uuid[], ranges tstzrange[]) RETURNS uuid[] LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own uuid[] := own_persons(persons);
    dead uuid[];
    freed uuid[];
BEGIN
    dead := ARRAY(
        SELECT DISTINCT o.booking_id FROM unnest(persons, ranges) AS step (person, range), occupancy o
        WHERE person = ANY (own) AND o.staff_id = person AND o.during && range AND o.live AND o.kind = 'hold'
            AND o.expires_at <= clock_timestamp());
    IF dead = '{}' THEN RETURN '{}'; END IF;
    PERFORM 1 FROM booking WHERE booking_id = ANY (dead) ORDER BY booking_id FOR NO KEY UPDATE;
    -- Somebody may have confirmed or cancelled it while we waited for the row.
    WITH freed_rows AS (
        UPDATE occupancy o SET live = false FROM booking b
        WHERE b.booking_id = ANY (dead) AND b.status = 'held' AND o.tenant_id = b.tenant_id
            AND o.booking_id = b.booking_id AND o.live
            AND EXISTS (SELECT FROM staff f WHERE f.staff_id = o.staff_id AND f.tenant_id = current_tenant())
        RETURNING o.staff_id
    )
    SELECT array_agg(DISTINCT staff_id) INTO freed FROM freed_rows;
    UPDATE booking b SET status = 'expired', version = version + 1, updated_at = clock_timestamp()
    WHERE b.booking_id = ANY (dead) AND b.status = 'held' AND NOT EXISTS (
        SELECT FROM occupancy o WHERE o.tenant_id = b.tenant_id AND o.booking_id = b.booking_id AND o.live);
    RETURN coalesce(freed, '{}');
END
$$;

-- As above for all persons, for a task that goes over them once a second; what others work at is left for the next
-- time.
CREATE OR REPLACE FUNCTION sweep_holds(at_most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    dead uuid[];
    freed uuid[];
BEGIN
    dead := ARRAY(
        SELECT booking_id FROM booking
        WHERE status = 'held' AND booking_id = ANY (ARRAY(
            SELECT booking_id FROM occupancy WHERE live AND kind = 'hold' AND expires_at <= clock_timestamp()
            ORDER BY expires_at LIMIT at_most))
        ORDER BY booking_id FOR NO KEY UPDATE SKIP LOCKED);
    IF dead = '{}' THEN RETURN 0; END IF;
    WITH ended AS (
        UPDATE booking SET status = 'expired', version = version + 1, updated_at = clock_timestamp()
        WHERE booking_id = ANY (dead) RETURNING tenant_id, booking_id
    ), freed_rows AS (
        UPDATE occupancy o SET live = false FROM ended e
        WHERE o.tenant_id = e.tenant_id AND o.booking_id = e.booking_id AND o.live RETURNING o.staff_id
    )
    SELECT array_agg(DISTINCT staff_id) INTO freed FROM freed_rows;
    IF freed IS NOT NULL THEN PERFORM raise_all_epochs(freed); END IF;
    RETURN cardinality(dead);
END
$$;

-- The caller's steps, by their places in the arrays, that somebody's live time stands in the way of, other tenants'
-- too, or another of the same steps. Volatile, so that it sees what was committed while the caller waited for its
-- locks.
CREATE OR REPLACE FUNCTION taken_steps(persons uuid[], ranges tstzrange[], except_booking uuid) RETURNS integer[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own uuid[] := own_persons(persons);
BEGIN
    RETURN ARRAY(
        SELECT number::integer FROM unnest(persons, ranges) WITH ORDINALITY AS step (person, range, number)
        WHERE (person = ANY (own) AND EXISTS (
            SELECT FROM occupancy o WHERE o.staff_id = person AND o.during && range AND o.live
                AND (except_booking IS NULL OR o.booking_id IS DISTINCT FROM except_booking
                    OR o.tenant_id <> current_tenant())
        )) OR (cardinality(persons) > 1 AND EXISTS (
            SELECT FROM unnest(persons, ranges) WITH ORDINALITY AS other (other_person, other_range, other_number)
            WHERE other_number <> number AND other_person = person AND other_range && range
        ))
        ORDER BY number);
END
$$;

-- Plans of the caller's people that nothing stands in the way of as far as one can see without locks, least busy people
-- first.
CREATE OR REPLACE FUNCTION free_plans(
    plans integer[], persons uuid[], ranges tstzrange[], day tstzrange, except_booking uuid
) RETURNS SETOF integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own uuid[] := own_persons(persons);
BEGIN
    RETURN QUERY
    WITH load AS (
        SELECT person, coalesce((
            SELECT sum(upper(o.during * day) - lower(o.during * day)) FROM occupancy o
            WHERE o.staff_id = person AND o.during && day AND o.live), interval '0') AS busy
        FROM unnest(own) AS person
    )
    SELECT plan FROM unnest(plans, persons, ranges) AS step (plan, person, range) LEFT JOIN load USING (person)
    GROUP BY plan
    HAVING bool_and(person = ANY (own)) AND NOT bool_or(EXISTS (
        SELECT FROM occupancy o WHERE person = ANY (own) AND o.staff_id = person AND o.during && range AND o.live
            AND (o.booking_id IS DISTINCT FROM except_booking OR o.tenant_id <> current_tenant()
                OR except_booking IS NULL)
            AND NOT (o.kind = 'hold' AND o.expires_at <= clock_timestamp())))
    ORDER BY sum(load.busy), plan;
END
$$;
