-- Steps 2 to 5 of the protocol for moving a booking to one plan; null, or why not.
CREATE OR REPLACE FUNCTION move_to_plan(
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
    SELECT b.version, array_agg(o.staff_id) AS persons, array_agg(o.during) AS ranges,
        min(o.starts_at) AS start INTO old
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
    PERFORM tell_booking('booking.moved', moved, 'booked', old.start);
    PERFORM raise_epochs(persons || old.persons || freed);
    RETURN NULL;
END
$$;
