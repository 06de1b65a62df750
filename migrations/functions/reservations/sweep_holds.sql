-- As `expire_holds` for all persons, for a task that goes over them once a second; what others work at is left for the
-- next time.
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
    PERFORM tell_booking('booking.expired', id, 'held', NULL) FROM unnest(dead) AS id;
    IF freed IS NOT NULL THEN PERFORM raise_all_epochs(freed); END IF;
    RETURN cardinality(dead);
END
$$;
SELECT make_definer_function('sweep_holds(integer)', 'salons_platform');
