-- In whose name a transaction acts: the tenant itself, which the command line says, or a customer, as everybody else
-- is, also one who comes with a tenant's key or by its host. A customer sees and books what is published.
CREATE FUNCTION is_operator() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('app.actor', true) = 'operator', false);

-- The calendars that the caller may read: the marketplace those of published salons, a tenant its own, a customer of a
-- tenant those of them that are published.
CREATE OR REPLACE FUNCTION readable_calendars(salons uuid[])
RETURNS TABLE (tenant_id uuid, salon_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
    reader uuid := readable_tenant();
BEGIN
    IF reader IS NULL THEN
        RETURN QUERY SELECT s.tenant_id, s.salon_id FROM salon s
        WHERE s.salon_id = ANY (salons) AND s.status = 'published';
    ELSE
        RETURN QUERY SELECT s.tenant_id, s.salon_id FROM salon s
        WHERE s.tenant_id = reader AND s.salon_id = ANY (salons) AND (s.status = 'published' OR is_operator());
    END IF;
END
$$;

-- The triggers raise revisions with their own right; nobody calls that function, or hangs a trigger of this schema on a
-- table of their own making.
ALTER FUNCTION calendar_part_changed SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION staff_renamed SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION calendar_settings_changed SECURITY DEFINER SET search_path = public, pg_temp;
GRANT CREATE ON SCHEMA public TO salons_calendar;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['raise_all_epochs', 'calendar_part_changed', 'staff_renamed',
        'calendar_settings_changed'] LOOP
        EXECUTE format('ALTER FUNCTION %I OWNER TO salons_calendar', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['raise_all_epochs', 'raise_revisions', 'calendar_part_changed', 'staff_renamed',
        'calendar_settings_changed', 'staff_take_epoch', 'occupancy_of_staff', 'refuse_text', 'salon_raise_version',
        'salon_write_events'] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC, salons_tenant', name);
    END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA public FROM salons_calendar;
-- A tenant looks its bookings up by row-level security; only a customer without one comes with nothing but an
-- identifier.
REVOKE EXECUTE ON FUNCTION booking_tenant FROM salons_tenant;

-- A refusal weighs as little as it can: anybody can bring about any number of them.
ALTER TABLE idempotency ADD COLUMN is_refusal boolean NOT NULL DEFAULT false;
ALTER TABLE idempotency SET (fillfactor = 90);
GRANT SELECT (is_refusal) ON idempotency TO salons_platform;

-- Null when the key is the caller's to use; else what a request with this key was answered. A twin waits in the INSERT
-- until the first has ended.
CREATE OR REPLACE FUNCTION claim_key(request_key text, request_fingerprint bytea) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    -- Half of a SHA-256 tells requests apart as well.
    short bytea := substr(request_fingerprint, 1, 16);
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
        VALUES (current_tenant(), request_key, short) ON CONFLICT DO NOTHING;
        IF FOUND THEN RETURN NULL; END IF;
        SELECT fingerprint, answer INTO known FROM idempotency
        WHERE tenant_id = current_tenant() AND key = request_key;
        IF FOUND THEN
            IF substr(known.fingerprint, 1, 16) <> short THEN RETURN '{"outcome": "key-reused"}'; END IF;
            RETURN known.answer || '{"replayed": true}';
        END IF;
    END LOOP;
END
$$;

-- Keeps the answer under the key: one key, one outcome. What somebody else's time, or the booking itself, stood in the
-- way of is kept and is on the disk before it is answered, as an effect is: otherwise a power cut could forget it, and
-- the same request, sent again, would do what its sender was told would not be done. What the request itself lacks (a
-- salon, a booking or a rule of the salon) is not kept: it had no effect, and the key is as good as new.
CREATE OR REPLACE FUNCTION keep_answer(request_key text, given jsonb, is_final boolean) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    word text := given ->> 'outcome';
BEGIN
    IF word = 'ok' THEN
        UPDATE idempotency SET answer = given WHERE tenant_id = current_tenant() AND key = request_key;
    ELSIF is_final AND word IN (
        'slot-taken', 'hold-expired', 'already-booked', 'ended', 'version-mismatch', 'too-late'
    ) THEN
        UPDATE idempotency SET is_refusal = true,
            answer = jsonb_strip_nulls(jsonb_build_object('outcome', word, 'window', given -> 'window'))
        WHERE tenant_id = current_tenant() AND key = request_key;
    ELSE
        -- Nothing is promised, so nothing need wait for the disk.
        PERFORM set_config('synchronous_commit', 'off', true);
        DELETE FROM idempotency WHERE tenant_id = current_tenant() AND key = request_key;
    END IF;
    RETURN given;
END
$$;

-- What a customer is told of a booking; no personal data. The salon's time zone is left out where it is not known.
CREATE OR REPLACE FUNCTION describe_bookings(bookings uuid[]) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    RETURN (
        SELECT jsonb_agg(jsonb_build_object(
            'id', b.booking_id, 'salon', b.salon_id, 'status', b.status, 'version', b.version, 'series', b.series_id,
            'zone', (SELECT s.time_zone FROM salon s WHERE s.tenant_id = b.tenant_id AND s.salon_id = b.salon_id),
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

-- Why a salon cannot be booked against the revision that the caller has seen; null when it can. Asked under the locks,
-- in a statement of its own, so that it sees what was committed while they were waited for.
CREATE FUNCTION salon_refusal(salon uuid, seen_revision bigint) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    SELECT c.revision, s.status INTO found FROM calendar c
        JOIN salon s ON s.tenant_id = c.tenant_id AND s.salon_id = c.salon_id
    WHERE c.tenant_id = current_tenant() AND c.salon_id = salon;
    RETURN CASE
        WHEN found.revision IS NULL THEN '{"outcome": "unknown-salon"}'
        WHEN found.status <> 'published' AND NOT is_operator() THEN '{"outcome": "unknown-salon"}'
        WHEN found.revision IS DISTINCT FROM seen_revision THEN '{"outcome": "calendar-changed"}'
    END;
END
$$;

-- Why it is too late for a customer to change a booking, by the salon's present window; null when it is not, and for
-- the tenant itself. Asked with the booking's row locked.
CREATE FUNCTION window_refusal(changed uuid, salon uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    minutes integer;
    begins timestamptz;
BEGIN
    IF is_operator() THEN RETURN NULL; END IF;
    minutes := (SELECT cancellation_window FROM calendar WHERE tenant_id = current_tenant() AND salon_id = salon);
    begins := (SELECT min(starts_at) FROM occupancy
        WHERE tenant_id = current_tenant() AND booking_id = changed AND live);
    IF clock_timestamp() > begins - make_interval(mins => minutes) THEN
        RETURN jsonb_build_object('outcome', 'too-late', 'window', minutes);
    END IF;
    RETURN NULL;
END
$$;

-- Steps 2 to 5 of the protocol for one plan; null, or why not.
CREATE OR REPLACE FUNCTION take_plan(
    salon uuid, seen_revision bigint, hold_for interval, series uuid, booking_ids uuid[], numbers integer[],
    persons uuid[], services uuid[], ranges tstzrange[], starts timestamptz[], ends timestamptz[], amounts integer[],
    currencies text[], deadlines timestamptz[], name text, email text, phone text
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    refusal jsonb;
    freed uuid[] := '{}';
BEGIN
    PERFORM lock_staff(persons, false);
    PERFORM lock_slots(persons, ranges);
    -- From here on each statement sees what everyone before us in these slots has committed.
    refusal := salon_refusal(salon, seen_revision);
    IF refusal IS NOT NULL THEN RETURN refusal; END IF;
    IF clock_timestamp() > ANY (deadlines) THEN RETURN '{"outcome": "too-soon"}'; END IF;
    IF taken_steps(persons, ranges, NULL) <> '{}' THEN
        freed := expire_holds(persons, ranges);
        IF taken_steps(persons, ranges, NULL) <> '{}' THEN
            IF freed <> '{}' THEN PERFORM raise_epochs(freed); END IF;
            RETURN '{"outcome": "slot-taken"}';
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
