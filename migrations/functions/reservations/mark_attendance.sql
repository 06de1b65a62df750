-- Says whether a booking's customer was there. The salon's to say, from the booking's begin until thirty days after its
-- end; within that time it can also be corrected. The booking goes on taking the time that it took.
CREATE OR REPLACE FUNCTION mark_attendance(
    request_key text, request_fingerprint bytea, marked uuid, seen_version bigint, was_there boolean
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    wanted text := CASE WHEN was_there THEN 'completed' ELSE 'no_show' END;
    given jsonb;
    found record;
    visit record;
BEGIN
    IF NOT is_operator() THEN
        RAISE EXCEPTION 'whether a customer was there is the salon''s to say' USING ERRCODE = 'insufficient_privilege';
    END IF;
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    SELECT status, version INTO found FROM booking
    WHERE tenant_id = current_tenant() AND booking_id = marked FOR NO KEY UPDATE;
    SELECT min(starts_at) AS starts, max(ends_at) AS ends INTO visit FROM occupancy
    WHERE tenant_id = current_tenant() AND booking_id = marked;
    given := CASE
        WHEN found.status IS NULL THEN '{"outcome": "not-found"}'
        WHEN found.status NOT IN ('booked', 'completed', 'no_show') THEN '{"outcome": "ended"}'
        WHEN found.version <> seen_version THEN '{"outcome": "version-mismatch"}'
        WHEN clock_timestamp() < visit.starts THEN '{"outcome": "not-begun"}'
        WHEN clock_timestamp() > visit.ends + interval '30 days' THEN '{"outcome": "too-late", "window": 43200}'
    END;
    IF given IS NULL THEN
        -- What it is already is no change: no version, no event.
        IF found.status <> wanted THEN
            UPDATE booking SET status = wanted, version = version + 1, updated_at = clock_timestamp()
            WHERE tenant_id = current_tenant() AND booking_id = marked;
            PERFORM tell_booking('booking.' || wanted, marked, found.status, NULL);
        END IF;
        given := jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(ARRAY[marked]));
    END IF;
    RETURN keep_answer(request_key, given, true);
END
$$;
REVOKE EXECUTE ON FUNCTION mark_attendance FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mark_attendance TO salons_tenant;
