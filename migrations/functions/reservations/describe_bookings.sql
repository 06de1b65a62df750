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
