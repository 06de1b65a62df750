-- Writes down what has become of a booking, in the transaction of the change and after it. No personal data.
CREATE OR REPLACE FUNCTION tell_booking(kind text, told uuid, before_status text, before_start timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO outbox (tenant_id, kind, subject, revision, payload)
    SELECT b.tenant_id, tell_booking.kind, b.booking_id, b.version, jsonb_strip_nulls(jsonb_build_object(
        'v', 1, 'salon', b.salon_id,
        'before', CASE WHEN before_status IS NOT NULL THEN jsonb_build_object(
            'status', before_status, 'start', extract(epoch FROM coalesce(before_start, steps.start))) END,
        'after', jsonb_build_object('status', b.status, 'start', extract(epoch FROM steps.start))))
    FROM booking b CROSS JOIN LATERAL (
        SELECT min(o.starts_at) AS start FROM occupancy o
        WHERE o.tenant_id = b.tenant_id AND o.booking_id = b.booking_id) AS steps
    WHERE b.booking_id = told;
END
$$;
REVOKE EXECUTE ON FUNCTION tell_booking FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tell_booking TO salons_tenant, salons_calendar;
