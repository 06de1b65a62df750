-- Gives time back, also in a salon that is not published any more. It takes no advisory lock: that would come after a
-- row lock. The cancellation window is the salon's present one.
CREATE OR REPLACE FUNCTION cancel_booking(request_key text, request_fingerprint bytea, cancelled uuid) RETURNS jsonb
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
        PERFORM tell_booking('booking.cancelled', cancelled, found.status, NULL);
        PERFORM raise_epochs(freed);
        given := jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(ARRAY[cancelled]));
    END IF;
    RETURN keep_answer(request_key, given, true);
END
$$;
