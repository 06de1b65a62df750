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
    INSERT INTO booking (tenant_id, booking_id, salon_id, status, series_id, customer_name, customer_email,
        customer_phone)
    SELECT current_tenant(), id, salon, CASE WHEN hold_for IS NULL THEN 'booked' ELSE 'held' END, series, name, email,
        phone
    FROM unnest(booking_ids) AS id;
    INSERT INTO occupancy (tenant_id, salon_id, staff_id, kind, booking_id, step, service_id, during, starts_at,
        ends_at, price_amount, price_currency, expires_at)
    SELECT current_tenant(), salon, person, CASE WHEN hold_for IS NULL THEN 'booking' ELSE 'hold' END,
        booking_ids[number + 1], place, service, range, start, finish, amount, currency, clock_timestamp() + hold_for
    FROM unnest(numbers, persons, services, ranges, starts, ends, amounts, currencies) WITH ORDINALITY
        AS step (number, person, service, range, start, finish, amount, currency, place);
    PERFORM tell_booking(CASE WHEN hold_for IS NULL THEN 'booking.created' ELSE 'booking.held' END, id, NULL, NULL)
    FROM unnest(booking_ids) AS id;
    PERFORM raise_epochs(persons || freed);
    RETURN NULL;
END
$$;
