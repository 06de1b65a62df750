-- One agreement with one customer: a hold, a booking, or what became of it.
CREATE TABLE booking (
    tenant_id uuid NOT NULL,
    booking_id uuid NOT NULL DEFAULT gen_random_uuid(),
    salon_id uuid NOT NULL,
    status text NOT NULL CHECK (status IN ('held', 'booked', 'cancelled', 'expired')),
    version bigint NOT NULL DEFAULT 1,
    -- The bookings of one recurring series share it.
    series_id uuid,
    -- Personal data, which can be erased while the booking stays.
    customer_name text,
    customer_email text,
    customer_phone text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, booking_id)
);
-- Finds the tenant of a booking by its identifier, which only the customer has.
CREATE UNIQUE INDEX booking_identity ON booking (booking_id);
CREATE INDEX booking_email ON booking (tenant_id, customer_email) WHERE customer_email IS NOT NULL;
CREATE INDEX booking_phone ON booking (tenant_id, customer_phone) WHERE customer_phone IS NOT NULL;
CREATE INDEX booking_series ON booking (tenant_id, series_id) WHERE series_id IS NOT NULL;

-- What a person's time is taken by. There are no foreign keys to staff and service: their row locks would make all
-- bookings of one person share rows that each of them changes; `reserve` checks against the calendar's revision instead.
CREATE TABLE occupancy (
    tenant_id uuid NOT NULL,
    occupancy_id uuid NOT NULL DEFAULT gen_random_uuid(),
    salon_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('booking', 'hold', 'block', 'time_off')),
    -- Blocks and time off have none; a visit of several steps has several occupancies.
    booking_id uuid,
    step smallint,
    service_id uuid,
    -- With buffers; [) in UTC.
    during tstzrange NOT NULL CHECK (NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during)),
    -- What the customer sees, without buffers.
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    price_amount integer,
    price_currency text,
    -- Whether it takes time; what does not is kept as history.
    live boolean NOT NULL DEFAULT true,
    -- A hold ends by itself.
    expires_at timestamptz,
    -- The blocks of one recurring series share it.
    series_id uuid,
    label text,
    PRIMARY KEY (tenant_id, occupancy_id),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES booking,
    CHECK ((kind IN ('booking', 'hold')) = (booking_id IS NOT NULL)),
    CHECK ((kind = 'hold') = (expires_at IS NOT NULL)),
    -- The backstop behind the locks, over all tenants. Deferrable so that one UPDATE may move two steps past each other.
    CONSTRAINT occupancy_overlap EXCLUDE USING gist (staff_id WITH =, during WITH &&) WHERE (live)
        DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX occupancy_booking ON occupancy (tenant_id, booking_id);
CREATE INDEX occupancy_hold_expiry ON occupancy (expires_at) WHERE live AND kind = 'hold';

-- The effect of a request, by the key that its sender gave it.
CREATE TABLE idempotency (
    tenant_id uuid NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    fingerprint bytea NOT NULL,
    answer jsonb,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, key)
) WITH (fillfactor = 70);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['booking', 'occupancy', 'idempotency'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant_isolation ON %I TO salons_tenant
            USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO salons_tenant', name);
    END LOOP;
END
$$;
CREATE POLICY calendars ON booking TO salons_calendar USING (true) WITH CHECK (true);
CREATE POLICY calendars ON occupancy TO salons_calendar USING (true) WITH CHECK (true);
GRANT SELECT (tenant_id, booking_id, salon_id, status, version), UPDATE (status, version, updated_at) ON booking
    TO salons_calendar;
GRANT SELECT, UPDATE (live) ON occupancy TO salons_calendar;
CREATE POLICY housekeeping ON idempotency TO salons_platform USING (true) WITH CHECK (false);
GRANT DELETE ON idempotency TO salons_tenant;
GRANT SELECT (tenant_id, created_at), DELETE ON idempotency TO salons_platform;

-- The keys of the slots of 15 minutes that a range touches. Two ranges that overlap share an instant, so a slot.
CREATE FUNCTION slot_keys(person uuid, during tstzrange) RETURNS SETOF bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT uuid_hash_extended(person, slot) FROM generate_series(
        floor(extract(epoch FROM lower(during)) / 900)::bigint,
        ceil(extract(epoch FROM upper(during)) / 900)::bigint - 1) AS slot
$$;

-- The two halves of the key of a person's whole calendar; locks of two int4 are a space of their own, so that none of
-- them can be the lock of a slot.
CREATE FUNCTION staff_key(person uuid) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN uuid_hash_extended(person, -1);

-- Shared for whoever books, exclusive for whoever changes working time or takes much of it.
CREATE FUNCTION lock_staff(persons uuid[], exclusively boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    key bigint;
BEGIN
    FOR key IN SELECT DISTINCT staff_key(person) AS k FROM unnest(persons) AS person ORDER BY k LOOP
        IF exclusively THEN
            PERFORM pg_advisory_xact_lock((key >> 32)::integer, ((key << 32) >> 32)::integer);
        ELSE
            PERFORM pg_advisory_xact_lock_shared((key >> 32)::integer, ((key << 32) >> 32)::integer);
        END IF;
    END LOOP;
END
$$;

-- All keys of all steps in one ascending order, whatever persons they belong to.
CREATE FUNCTION lock_slots(persons uuid[], ranges tstzrange[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    key bigint;
BEGIN
    FOR key IN
        SELECT DISTINCT k FROM unnest(persons, ranges) AS step (person, during), slot_keys(person, during) AS k
        ORDER BY k
    LOOP
        PERFORM pg_advisory_xact_lock(key);
    END LOOP;
END
$$;

-- Ends holds whose time is over, by the clock on the wall: now() is older than the wait for the locks. Rows are locked in
-- one order by everyone: bookings, occupancies, epochs, each ascending. So the epochs of those whose time was freed are the
-- caller's to raise, after its own rows: raised here, they and the row of a booking that is moved could be waited for
-- crosswise (the model's EPOCHS_AT_EXPIRY).
CREATE FUNCTION expire_holds(persons uuid[], ranges tstzrange[]) RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    dead uuid[];
    freed uuid[];
BEGIN
    dead := ARRAY(
        SELECT DISTINCT o.booking_id FROM unnest(persons, ranges) AS step (person, range), occupancy o
        WHERE o.staff_id = person AND o.during && range AND o.live AND o.kind = 'hold'
            AND o.expires_at <= clock_timestamp());
    IF dead = '{}' THEN RETURN dead; END IF;
    PERFORM 1 FROM booking WHERE booking_id = ANY (dead) ORDER BY booking_id FOR NO KEY UPDATE;
    -- Somebody may have confirmed or cancelled it while we waited for the row.
    WITH ended AS (
        UPDATE booking SET status = 'expired', version = version + 1, updated_at = clock_timestamp()
        WHERE booking_id = ANY (dead) AND status = 'held' RETURNING tenant_id, booking_id
    ), freed_rows AS (
        UPDATE occupancy o SET live = false FROM ended e
        WHERE o.tenant_id = e.tenant_id AND o.booking_id = e.booking_id AND o.live RETURNING o.staff_id
    )
    SELECT array_agg(DISTINCT staff_id) INTO freed FROM freed_rows;
    RETURN coalesce(freed, '{}');
END
$$;

-- As above for all persons, for a task that goes over them once a second; what others work at is left for the next time.
CREATE FUNCTION sweep_holds(at_most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
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
    IF freed IS NOT NULL THEN PERFORM raise_epochs(freed); END IF;
    RETURN cardinality(dead);
END
$$;

-- The steps, by their places in the arrays, that somebody's live time stands in the way of, other tenants' too, or another
-- of the same steps. Volatile, so that it sees what was committed while the caller waited for its locks.
CREATE FUNCTION taken_steps(persons uuid[], ranges tstzrange[], except_booking uuid) RETURNS integer[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT number::integer FROM unnest(persons, ranges) WITH ORDINALITY AS step (person, range, number)
        WHERE EXISTS (
            SELECT FROM occupancy o WHERE o.staff_id = person AND o.during && range AND o.live
                AND (except_booking IS NULL OR o.booking_id IS DISTINCT FROM except_booking)
        ) OR (cardinality(persons) > 1 AND EXISTS (
            SELECT FROM unnest(persons, ranges) WITH ORDINALITY AS other (other_person, other_range, other_number)
            WHERE other_number <> number AND other_person = person AND other_range && range
        ))
        ORDER BY number);
END
$$;

-- Plans that nothing stands in the way of as far as one can see without locks, least busy people first.
CREATE FUNCTION free_plans(plans integer[], persons uuid[], ranges tstzrange[], day tstzrange, except_booking uuid)
RETURNS SETOF integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH load AS (
        SELECT person, coalesce((
            SELECT sum(upper(o.during * day) - lower(o.during * day)) FROM occupancy o
            WHERE o.staff_id = person AND o.during && day AND o.live), interval '0') AS busy
        FROM (SELECT DISTINCT unnest(persons) AS person) AS everyone
    )
    SELECT plan FROM unnest(plans, persons, ranges) AS step (plan, person, range) JOIN load USING (person)
    GROUP BY plan
    HAVING NOT bool_or(EXISTS (
        SELECT FROM occupancy o WHERE o.staff_id = person AND o.during && range AND o.live
            AND o.booking_id IS DISTINCT FROM except_booking
            AND NOT (o.kind = 'hold' AND o.expires_at <= clock_timestamp())))
    ORDER BY sum(load.busy), plan;
END
$$;

-- What a customer is told of a booking; no personal data.
CREATE FUNCTION describe_bookings(bookings uuid[]) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    RETURN (
        SELECT jsonb_agg(jsonb_build_object(
            'id', b.booking_id, 'salon', b.salon_id, 'status', b.status, 'version', b.version, 'series', b.series_id,
            'expires', (SELECT extract(epoch FROM min(expires_at)) FROM occupancy o
                WHERE o.tenant_id = b.tenant_id AND o.booking_id = b.booking_id),
            'steps', (SELECT jsonb_agg(jsonb_build_object(
                'staff', o.staff_id, 'service', o.service_id, 'start', extract(epoch FROM o.starts_at),
                'end', extract(epoch FROM o.ends_at), 'amount', o.price_amount, 'currency', o.price_currency)
                ORDER BY o.step)
                FROM occupancy o WHERE o.tenant_id = b.tenant_id AND o.booking_id = b.booking_id)
            ) ORDER BY place)
        -- Joined one by one: with = ANY a plan made on a small table goes through all of the tenant's bookings later.
        FROM unnest(bookings) WITH ORDINALITY AS wanted (id, place)
            CROSS JOIN LATERAL (
                SELECT * FROM booking WHERE tenant_id = current_tenant() AND booking_id = wanted.id LIMIT 1
            ) AS b);
END
$$;

-- Null when the key is the caller's to use; else what a request with this key was answered. A twin waits in the INSERT
-- until the first has ended.
CREATE FUNCTION claim_key(request_key text, request_fingerprint bytea) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    known record;
BEGIN
    -- Under any other level the checks after the locks would see what was there before the wait.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a reservation needs READ COMMITTED, not %', current_setting('transaction_isolation')
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    -- PostgreSQL takes the generic plans for dearer than they are, and planning anew costs more than all of the rest.
    -- A plan that was made while a table was empty would go on reading all of it.
    PERFORM set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
        set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true);
    LOOP
        INSERT INTO idempotency (tenant_id, key, fingerprint)
        VALUES (current_tenant(), request_key, request_fingerprint) ON CONFLICT DO NOTHING;
        IF FOUND THEN RETURN NULL; END IF;
        SELECT fingerprint, answer INTO known FROM idempotency
        WHERE tenant_id = current_tenant() AND key = request_key;
        IF FOUND THEN
            IF known.fingerprint <> request_fingerprint THEN RETURN '{"outcome": "key-reused"}'; END IF;
            RETURN known.answer || '{"replayed": true}';
        END IF;
    END LOOP;
END
$$;

-- Keeps the answer under the key. A refusal that the caller will try to mend leaves nothing behind.
CREATE FUNCTION keep_answer(request_key text, given jsonb, is_final boolean) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    IF given ->> 'outcome' <> 'ok' THEN
        -- Nobody is harmed if a power cut forgets a refusal, so that it need not wait for the disk.
        PERFORM set_config('synchronous_commit', 'off', true);
        IF NOT is_final OR given ->> 'outcome' = 'calendar-changed' THEN
            DELETE FROM idempotency WHERE tenant_id = current_tenant() AND key = request_key;
            RETURN given;
        END IF;
    END IF;
    UPDATE idempotency SET answer = given WHERE tenant_id = current_tenant() AND key = request_key;
    RETURN given;
END
$$;

-- Steps 2 to 5 of the protocol for one plan; null, or why not.
CREATE FUNCTION take_plan(
    salon uuid, seen_revision bigint, hold_for interval, series uuid, booking_ids uuid[], numbers integer[],
    persons uuid[], services uuid[], ranges tstzrange[], starts timestamptz[], ends timestamptz[], amounts integer[],
    currencies text[], deadlines timestamptz[], name text, email text, phone text
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    taken integer[];
    freed uuid[] := '{}';
BEGIN
    PERFORM lock_staff(persons, false);
    PERFORM lock_slots(persons, ranges);
    -- From here on each statement sees what everyone before us in these slots has committed.
    IF seen_revision IS DISTINCT FROM (
        SELECT revision FROM calendar WHERE tenant_id = current_tenant() AND salon_id = salon
    ) THEN
        RETURN '{"outcome": "calendar-changed"}';
    END IF;
    IF clock_timestamp() > ANY (deadlines) THEN RETURN '{"outcome": "too-soon"}'; END IF;
    taken := taken_steps(persons, ranges, NULL);
    IF taken <> '{}' THEN
        freed := expire_holds(persons, ranges);
        taken := taken_steps(persons, ranges, NULL);
        IF taken <> '{}' THEN
            IF freed <> '{}' THEN PERFORM raise_epochs(freed); END IF;
            RETURN jsonb_build_object('outcome', 'slot-taken', 'conflicts', (
                SELECT jsonb_agg(DISTINCT numbers[step]) FROM unnest(taken) AS step));
        END IF;
    END IF;
    INSERT INTO booking (tenant_id, booking_id, salon_id, status, series_id, customer_name, customer_email, customer_phone)
    SELECT current_tenant(), id, salon, CASE WHEN hold_for IS NULL THEN 'booked' ELSE 'held' END, series, name, email,
        phone
    FROM unnest(booking_ids) AS id;
    INSERT INTO occupancy (tenant_id, salon_id, staff_id, kind, booking_id, step, service_id, during, starts_at, ends_at,
        price_amount, price_currency, expires_at)
    SELECT current_tenant(), salon, person, CASE WHEN hold_for IS NULL THEN 'booking' ELSE 'hold' END,
        booking_ids[number + 1], place, service, range, start, finish, amount, currency, clock_timestamp() + hold_for
    FROM unnest(numbers, persons, services, ranges, starts, ends, amounts, currencies) WITH ORDINALITY
        AS step (number, person, service, range, start, finish, amount, currency, place);
    INSERT INTO outbox (tenant_id, kind, subject, revision)
    SELECT current_tenant(), CASE WHEN hold_for IS NULL THEN 'booking.created' ELSE 'booking.held' END, id, 1
    FROM unnest(booking_ids) AS id;
    PERFORM raise_epochs(persons || freed);
    RETURN NULL;
END
$$;

-- Holds or books. The arrays describe steps; steps of one number are one booking, those of one plan are taken together,
-- and plans are tried until one can be had. Everything of this happens in the caller's transaction, which it should end
-- in the same round trip.
CREATE FUNCTION reserve(
    request_key text, request_fingerprint bytea, is_final boolean, salon uuid, seen_revision bigint, hold_for interval,
    series uuid, booking_ids uuid[], day tstzrange, plans integer[], numbers integer[], persons uuid[],
    services uuid[], ranges tstzrange[], starts timestamptz[], ends timestamptz[], amounts integer[],
    currencies text[], deadlines timestamptz[], name text, email text, phone text
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    given jsonb;
    chosen integer;
    mine integer[];
BEGIN
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    IF plans[1] = plans[cardinality(plans)] THEN
        given := take_plan(salon, seen_revision, hold_for, series, booking_ids, numbers, persons, services, ranges,
            starts, ends, amounts, currencies, deadlines, name, email, phone);
    ELSE
        given := '{"outcome": "slot-taken"}';
        FOR chosen IN SELECT * FROM free_plans(plans, persons, ranges, day, NULL) LOOP
            mine := array_positions(plans, chosen);
            BEGIN
                given := take_plan(salon, seen_revision, hold_for, series, booking_ids,
                    ARRAY(SELECT numbers[i] FROM unnest(mine) AS i), ARRAY(SELECT persons[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT services[i] FROM unnest(mine) AS i), ARRAY(SELECT ranges[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT starts[i] FROM unnest(mine) AS i), ARRAY(SELECT ends[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT amounts[i] FROM unnest(mine) AS i), ARRAY(SELECT currencies[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT deadlines[i] FROM unnest(mine) AS i), name, email, phone);
                IF given ->> 'outcome' = 'slot-taken' THEN
                    -- Gives the plan's locks back, so that the next plan's are again taken in ascending order.
                    RAISE EXCEPTION USING ERRCODE = 'SD001', MESSAGE = 'the plan was lost';
                END IF;
                EXIT;
            EXCEPTION WHEN SQLSTATE 'SD001' THEN
                NULL;
            END;
        END LOOP;
    END IF;
    given := coalesce(given, jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(booking_ids)));
    RETURN keep_answer(request_key, given, is_final);
END
$$;

-- Makes a booking of a hold that is not over.
CREATE FUNCTION confirm_hold(
    request_key text, request_fingerprint bytea, held uuid, name text, email text, phone text
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    given jsonb;
    persons uuid[];
    ranges tstzrange[];
    found record;
BEGIN
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    SELECT array_agg(staff_id), array_agg(during) INTO persons, ranges FROM occupancy
    WHERE tenant_id = current_tenant() AND booking_id = held AND live;
    IF persons IS NOT NULL THEN
        PERFORM lock_staff(persons, false);
        PERFORM lock_slots(persons, ranges);
    END IF;
    SELECT b.status, (SELECT min(o.expires_at) FROM occupancy o
        WHERE o.tenant_id = b.tenant_id AND o.booking_id = b.booking_id AND o.live) AS expires_at INTO found
    FROM booking b WHERE b.tenant_id = current_tenant() AND b.booking_id = held FOR NO KEY UPDATE;
    IF found.status IS NULL THEN
        given := '{"outcome": "not-found"}';
    ELSIF found.status = 'booked' THEN
        given := '{"outcome": "already-booked"}';
    ELSIF found.status <> 'held' OR found.expires_at <= clock_timestamp() THEN
        given := '{"outcome": "hold-expired"}';
    ELSE
        UPDATE booking SET status = 'booked', version = version + 1, updated_at = clock_timestamp(),
            customer_name = name, customer_email = email, customer_phone = phone
        WHERE tenant_id = current_tenant() AND booking_id = held;
        UPDATE occupancy SET kind = 'booking', expires_at = NULL
        WHERE tenant_id = current_tenant() AND booking_id = held AND live;
        -- The time was taken and stays taken: no epoch.
        INSERT INTO outbox (tenant_id, kind, subject, revision) VALUES (current_tenant(), 'booking.created', held, 2);
        given := jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(ARRAY[held]));
    END IF;
    RETURN keep_answer(request_key, given, true);
END
$$;

-- Gives time back. It takes no advisory lock: that would come after a row lock. `latest` is the end of the cancellation
-- window of the booking as of `seen_version`; null for whoever may cancel at any time.
CREATE FUNCTION cancel_booking(
    request_key text, request_fingerprint bytea, cancelled uuid, seen_version bigint, latest timestamptz
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    given jsonb;
    found record;
    freed uuid[];
BEGIN
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    SELECT status, version INTO found FROM booking
    WHERE tenant_id = current_tenant() AND booking_id = cancelled FOR NO KEY UPDATE;
    IF found.status IS NULL THEN
        given := '{"outcome": "not-found"}';
    ELSIF found.status NOT IN ('held', 'booked') THEN
        given := jsonb_build_object('outcome', 'ended');
    ELSIF found.version <> seen_version THEN
        given := '{"outcome": "version-mismatch"}';
    ELSIF clock_timestamp() > latest THEN
        given := '{"outcome": "too-late"}';
    ELSE
        UPDATE booking SET status = 'cancelled', version = version + 1, updated_at = clock_timestamp()
        WHERE tenant_id = current_tenant() AND booking_id = cancelled;
        WITH freed_rows AS (
            UPDATE occupancy SET live = false
            WHERE tenant_id = current_tenant() AND booking_id = cancelled AND live RETURNING staff_id
        )
        SELECT array_agg(DISTINCT staff_id) INTO freed FROM freed_rows;
        INSERT INTO outbox (tenant_id, kind, subject, revision)
        VALUES (current_tenant(), 'booking.cancelled', cancelled, found.version + 1);
        PERFORM raise_epochs(freed);
        given := jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(ARRAY[cancelled]));
    END IF;
    RETURN keep_answer(request_key, given, true);
END
$$;

-- Steps 2 to 5 of the protocol for moving a booking to one plan; null, or why not.
CREATE FUNCTION move_to_plan(
    moved uuid, seen_version bigint, salon uuid, seen_revision bigint, latest timestamptz, persons uuid[],
    services uuid[], ranges tstzrange[], starts timestamptz[], ends timestamptz[], amounts integer[],
    currencies text[], deadlines timestamptz[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    old_persons uuid[];
    old_ranges tstzrange[];
    found record;
    taken integer[];
    freed uuid[] := '{}';
    refusal jsonb;
BEGIN
    SELECT array_agg(staff_id), array_agg(during) INTO old_persons, old_ranges FROM occupancy
    WHERE tenant_id = current_tenant() AND booking_id = moved AND live;
    PERFORM lock_staff(persons || old_persons, false);
    PERFORM lock_slots(persons || old_persons, ranges || old_ranges);
    IF seen_revision IS DISTINCT FROM (
        SELECT revision FROM calendar WHERE tenant_id = current_tenant() AND salon_id = salon
    ) THEN
        RETURN '{"outcome": "calendar-changed"}';
    END IF;
    IF clock_timestamp() > ANY (deadlines) THEN RETURN '{"outcome": "too-soon"}'; END IF;
    -- Other bookings' rows come before our own, as in every other writer.
    taken := taken_steps(persons, ranges, moved);
    IF taken <> '{}' THEN
        freed := expire_holds(persons, ranges);
        taken := taken_steps(persons, ranges, moved);
    END IF;
    SELECT status, version INTO found FROM booking
    WHERE tenant_id = current_tenant() AND booking_id = moved FOR NO KEY UPDATE;
    -- An equal version also says that the places read before the locks are still the booking's.
    refusal := CASE
        WHEN found.status IS NULL THEN '{"outcome": "not-found"}'
        WHEN found.status <> 'booked' THEN '{"outcome": "ended"}'
        WHEN found.version <> seen_version THEN '{"outcome": "version-mismatch"}'
        WHEN clock_timestamp() > latest THEN '{"outcome": "too-late"}'
        WHEN taken <> '{}' THEN '{"outcome": "slot-taken"}'
    END;
    IF refusal IS NOT NULL THEN
        IF freed <> '{}' THEN PERFORM raise_epochs(freed); END IF;
        RETURN refusal;
    END IF;
    UPDATE occupancy o SET staff_id = person, service_id = service, during = range, starts_at = start, ends_at = finish,
        price_amount = amount, price_currency = currency
    FROM unnest(persons, services, ranges, starts, ends, amounts, currencies) WITH ORDINALITY
        AS step (person, service, range, start, finish, amount, currency, place)
    WHERE o.tenant_id = current_tenant() AND o.booking_id = moved AND o.step = place;
    UPDATE booking SET version = version + 1, updated_at = clock_timestamp()
    WHERE tenant_id = current_tenant() AND booking_id = moved;
    INSERT INTO outbox (tenant_id, kind, subject, revision)
    VALUES (current_tenant(), 'booking.moved', moved, found.version + 1);
    PERFORM raise_epochs(persons || old_persons || freed);
    RETURN NULL;
END
$$;

-- Moves a booking to the first plan that can be had. A plan has as many steps as the booking, in their order.
CREATE FUNCTION reschedule_booking(
    request_key text, request_fingerprint bytea, is_final boolean, moved uuid, seen_version bigint, salon uuid,
    seen_revision bigint, latest timestamptz, day tstzrange, plans integer[], persons uuid[], services uuid[],
    ranges tstzrange[], starts timestamptz[], ends timestamptz[], amounts integer[], currencies text[],
    deadlines timestamptz[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    given jsonb;
    chosen integer;
    mine integer[];
BEGIN
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    IF plans[1] = plans[cardinality(plans)] THEN
        given := move_to_plan(moved, seen_version, salon, seen_revision, latest, persons, services, ranges, starts, ends,
            amounts, currencies, deadlines);
    ELSE
        given := '{"outcome": "slot-taken"}';
        FOR chosen IN SELECT * FROM free_plans(plans, persons, ranges, day, moved) LOOP
            mine := array_positions(plans, chosen);
            BEGIN
                given := move_to_plan(moved, seen_version, salon, seen_revision, latest,
                    ARRAY(SELECT persons[i] FROM unnest(mine) AS i), ARRAY(SELECT services[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT ranges[i] FROM unnest(mine) AS i), ARRAY(SELECT starts[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT ends[i] FROM unnest(mine) AS i), ARRAY(SELECT amounts[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT currencies[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT deadlines[i] FROM unnest(mine) AS i));
                IF given ->> 'outcome' = 'slot-taken' THEN
                    RAISE EXCEPTION USING ERRCODE = 'SD001', MESSAGE = 'the plan was lost';
                END IF;
                EXIT;
            EXCEPTION WHEN SQLSTATE 'SD001' THEN
                NULL;
            END;
        END LOOP;
    END IF;
    given := coalesce(given, jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(ARRAY[moved])));
    RETURN keep_answer(request_key, given, is_final);
END
$$;

-- Takes time that no customer asked for: a block or time off, maybe months of it, so the whole calendars are locked. All
-- of it, or the bookings in the way; the same identifiers again have no second effect.
CREATE FUNCTION block_time(
    salon uuid, kind text, label text, series uuid, ids uuid[], persons uuid[], ranges tstzrange[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    taken integer[];
    freed uuid[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a reservation needs READ COMMITTED, not %', current_setting('transaction_isolation')
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM lock_staff(persons, true);
    IF EXISTS (SELECT FROM occupancy WHERE tenant_id = current_tenant() AND occupancy_id = ANY (ids)) THEN
        RETURN '{"outcome": "ok"}';
    END IF;
    freed := expire_holds(persons, ranges);
    taken := taken_steps(persons, ranges, NULL);
    IF taken <> '{}' THEN
        IF freed <> '{}' THEN PERFORM raise_epochs(freed); END IF;
        RETURN jsonb_build_object('outcome', 'slot-taken', 'conflicts', to_jsonb(taken));
    END IF;
    INSERT INTO occupancy (tenant_id, occupancy_id, salon_id, staff_id, kind, during, starts_at, ends_at, series_id, label)
    SELECT current_tenant(), id, salon, person, block_time.kind, range, lower(range), upper(range), series,
        block_time.label
    FROM unnest(ids, persons, ranges) AS step (id, person, range);
    PERFORM raise_epochs(persons || freed);
    RETURN '{"outcome": "ok"}';
END
$$;

-- Gives blocked time back; the number of blocks that were there.
CREATE FUNCTION unblock_time(ids uuid[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    freed uuid[];
    many integer;
BEGIN
    WITH freed_rows AS (
        UPDATE occupancy SET live = false
        WHERE tenant_id = current_tenant() AND occupancy_id = ANY (ids) AND live AND kind IN ('block', 'time_off')
        RETURNING staff_id
    )
    SELECT array_agg(DISTINCT staff_id), count(*) INTO freed, many FROM freed_rows;
    IF freed IS NOT NULL THEN PERFORM raise_epochs(freed); END IF;
    RETURN many;
END
$$;

-- Whose booking it is. An identifier of 122 random bits is what its customer shows instead of an account.
CREATE FUNCTION booking_tenant(sought uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$ SELECT tenant_id FROM booking WHERE booking_id = sought $$;

GRANT CREATE ON SCHEMA public TO salons_calendar;
ALTER FUNCTION expire_holds OWNER TO salons_calendar;
ALTER FUNCTION sweep_holds OWNER TO salons_calendar;
ALTER FUNCTION taken_steps OWNER TO salons_calendar;
ALTER FUNCTION free_plans OWNER TO salons_calendar;
ALTER FUNCTION booking_tenant OWNER TO salons_calendar;
REVOKE CREATE ON SCHEMA public FROM salons_calendar;
REVOKE EXECUTE ON FUNCTION expire_holds, sweep_holds, taken_steps, free_plans, booking_tenant FROM PUBLIC;
GRANT EXECUTE ON FUNCTION expire_holds, taken_steps, free_plans TO salons_tenant, salons_calendar;
GRANT EXECUTE ON FUNCTION sweep_holds TO salons_platform;
GRANT EXECUTE ON FUNCTION booking_tenant TO salons_tenant, salons_marketplace;
