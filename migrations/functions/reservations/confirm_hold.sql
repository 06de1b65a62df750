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
        PERFORM tell_booking('booking.created', held, 'held', NULL);
        given := jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(ARRAY[held]));
    END IF;
    RETURN keep_answer(request_key, given, true);
END
$$;
