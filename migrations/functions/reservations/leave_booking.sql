-- Leaves a booking where it was at version `placed`, for whoever moves it to where it is: that is no change, so neither
-- a version nor an event tells of it.
CREATE OR REPLACE FUNCTION leave_booking(
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
