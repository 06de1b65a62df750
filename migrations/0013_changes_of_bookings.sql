-- Holds or books. The arrays describe steps; steps of one number are one booking, those of one plan are taken together,
-- and plans are tried until one can be had. Everything of this happens in the caller's transaction, which it should end
-- in the same round trip.
CREATE OR REPLACE FUNCTION reserve(
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
    -- What is plainly taken is refused before any lock, so that a crowd which wants one time does not wait in line for
    -- it.
    IF plans[1] = plans[cardinality(plans)] AND EXISTS (SELECT FROM free_plans(plans, persons, ranges, NULL, NULL)) THEN
        given := take_plan(salon, seen_revision, hold_for, series, booking_ids, numbers, persons, services, ranges,
            starts, ends, amounts, currencies, deadlines, name, email, phone);
    ELSE
        -- What is said where no plan is tried.
        given := coalesce(salon_refusal(salon, seen_revision), '{"outcome": "slot-taken"}');
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
CREATE OR REPLACE FUNCTION confirm_hold(
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
    PERFORM 1 FROM booking WHERE tenant_id = current_tenant() AND booking_id = held FOR NO KEY UPDATE;
    -- Of all its rows, also those that somebody freed for a person who works elsewhere too.
    SELECT b.status, s.status AS salon_status, (SELECT min(o.expires_at) FROM occupancy o
        WHERE o.tenant_id = b.tenant_id AND o.booking_id = b.booking_id) AS expires_at INTO found
    FROM booking b JOIN salon s ON s.tenant_id = b.tenant_id AND s.salon_id = b.salon_id
    WHERE b.tenant_id = current_tenant() AND b.booking_id = held;
    IF found.status IS NULL THEN
        given := '{"outcome": "not-found"}';
    ELSIF found.status = 'booked' THEN
        given := '{"outcome": "already-booked"}';
    ELSIF found.status <> 'held' OR found.expires_at <= clock_timestamp() THEN
        given := '{"outcome": "hold-expired"}';
    ELSIF found.salon_status <> 'published' AND NOT is_operator() THEN
        given := '{"outcome": "unknown-salon"}';
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

-- Gives time back, also in a salon that is not published any more. It takes no advisory lock: that would come after a
-- row lock. The cancellation window is the salon's present one.
DROP FUNCTION cancel_booking(text, bytea, uuid, bigint, timestamptz);
CREATE FUNCTION cancel_booking(request_key text, request_fingerprint bytea, cancelled uuid) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    given jsonb;
    found record;
    freed uuid[];
BEGIN
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    SELECT status, version, salon_id INTO found FROM booking
    WHERE tenant_id = current_tenant() AND booking_id = cancelled FOR NO KEY UPDATE;
    IF found.status IS NULL THEN
        given := '{"outcome": "not-found"}';
    ELSIF found.status NOT IN ('held', 'booked') THEN
        given := '{"outcome": "ended"}';
    ELSIF found.status = 'booked' THEN
        given := window_refusal(cancelled, found.salon_id);
    END IF;
    IF given IS NULL THEN
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

-- Why a booking is not as the mover believes, or may not be changed any more; null when it may. Locks its row.
-- `planned` is the version at which its present place was read; a null `seen_version` moves it whatever it is.
CREATE FUNCTION move_refusal(moved uuid, seen_version bigint, planned bigint, salon uuid) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    SELECT status, version INTO found FROM booking
    WHERE tenant_id = current_tenant() AND booking_id = moved FOR NO KEY UPDATE;
    RETURN CASE
        WHEN found.status IS NULL THEN '{"outcome": "not-found"}'
        WHEN found.status <> 'booked' THEN '{"outcome": "ended"}'
        WHEN found.version <> seen_version THEN '{"outcome": "version-mismatch"}'
        -- An equal version also says that the places read before the locks are still the booking's.
        WHEN found.version IS DISTINCT FROM planned THEN '{"outcome": "moved-meanwhile"}'
        ELSE window_refusal(moved, salon)
    END;
END
$$;

-- Steps 2 to 5 of the protocol for moving a booking to one plan; null, or why not.
DROP FUNCTION move_to_plan(uuid, bigint, uuid, bigint, timestamptz, uuid[], uuid[], tstzrange[], timestamptz[],
    timestamptz[], integer[], text[], timestamptz[]);
CREATE FUNCTION move_to_plan(
    moved uuid, seen_version bigint, salon uuid, seen_revision bigint, persons uuid[], services uuid[],
    ranges tstzrange[], starts timestamptz[], ends timestamptz[], amounts integer[], currencies text[],
    deadlines timestamptz[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    old record;
    taken integer[];
    freed uuid[] := '{}';
    refusal jsonb;
BEGIN
    SELECT b.version, array_agg(o.staff_id) AS persons, array_agg(o.during) AS ranges INTO old
    FROM booking b JOIN occupancy o ON o.tenant_id = b.tenant_id AND o.booking_id = b.booking_id
    WHERE b.tenant_id = current_tenant() AND b.booking_id = moved AND o.live GROUP BY b.version;
    PERFORM lock_staff(persons || old.persons, false);
    PERFORM lock_slots(persons || old.persons, ranges || old.ranges);
    refusal := salon_refusal(salon, seen_revision);
    IF refusal IS NOT NULL THEN RETURN refusal; END IF;
    IF clock_timestamp() > ANY (deadlines) THEN RETURN '{"outcome": "too-soon"}'; END IF;
    -- Other bookings' rows come before our own, as in every other writer.
    taken := taken_steps(persons, ranges, moved);
    IF taken <> '{}' THEN
        freed := expire_holds(persons, ranges);
        taken := taken_steps(persons, ranges, moved);
    END IF;
    refusal := move_refusal(moved, seen_version, old.version, salon);
    IF refusal IS NULL AND taken <> '{}' THEN refusal := '{"outcome": "slot-taken"}'; END IF;
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
    VALUES (current_tenant(), 'booking.moved', moved, old.version + 1);
    PERFORM raise_epochs(persons || old.persons || freed);
    RETURN NULL;
END
$$;

-- Moves a booking to the first plan that can be had. A plan has as many steps as the booking, in their order.
DROP FUNCTION reschedule_booking(text, bytea, boolean, uuid, bigint, uuid, bigint, timestamptz, tstzrange, integer[],
    uuid[], uuid[], tstzrange[], timestamptz[], timestamptz[], integer[], text[], timestamptz[]);
CREATE FUNCTION reschedule_booking(
    request_key text, request_fingerprint bytea, is_final boolean, moved uuid, seen_version bigint, salon uuid,
    seen_revision bigint, day tstzrange, plans integer[], persons uuid[], services uuid[], ranges tstzrange[],
    starts timestamptz[], ends timestamptz[], amounts integer[], currencies text[], deadlines timestamptz[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    given jsonb;
    chosen integer;
    mine integer[];
BEGIN
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    IF plans[1] = plans[cardinality(plans)] THEN
        given := move_to_plan(moved, seen_version, salon, seen_revision, persons, services, ranges, starts, ends,
            amounts, currencies, deadlines);
    ELSE
        given := coalesce(salon_refusal(salon, seen_revision), '{"outcome": "slot-taken"}');
        FOR chosen IN SELECT * FROM free_plans(plans, persons, ranges, day, moved) LOOP
            mine := array_positions(plans, chosen);
            BEGIN
                given := move_to_plan(moved, seen_version, salon, seen_revision,
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

-- Leaves a booking where it was at version `placed`, for whoever moves it to where it is: that is no change, so neither
-- a version nor an event tells of it.
CREATE FUNCTION leave_booking(
    request_key text, request_fingerprint bytea, moved uuid, seen_version bigint, placed bigint
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    given jsonb;
    found record;
BEGIN
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    SELECT status, version INTO found FROM booking
    WHERE tenant_id = current_tenant() AND booking_id = moved FOR NO KEY UPDATE;
    given := CASE
        WHEN found.status IS NULL THEN '{"outcome": "not-found"}'
        WHEN found.status <> 'booked' THEN '{"outcome": "ended"}'
        WHEN found.version <> seen_version THEN '{"outcome": "version-mismatch"}'
        WHEN found.version <> placed THEN '{"outcome": "moved-meanwhile"}'
        ELSE jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(ARRAY[moved]))
    END;
    RETURN keep_answer(request_key, given, true);
END
$$;
