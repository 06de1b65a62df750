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
    ended uuid[];
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
    WITH ended_rows AS (
        UPDATE booking b SET status = 'expired', version = version + 1, updated_at = clock_timestamp()
        WHERE b.booking_id = ANY (dead) AND b.status = 'held' AND NOT EXISTS (
            SELECT FROM occupancy o WHERE o.tenant_id = b.tenant_id AND o.booking_id = b.booking_id AND o.live)
        RETURNING b.booking_id
    )
    SELECT array_agg(booking_id) INTO ended FROM ended_rows;
    PERFORM tell_booking('booking.expired', id, 'held', NULL) FROM unnest(ended) AS id;
    RETURN coalesce(freed, '{}');
END
$$;
SELECT make_definer_function('expire_holds(uuid[], tstzrange[])', 'salons_tenant');
