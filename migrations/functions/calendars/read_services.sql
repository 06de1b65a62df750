-- What salons offer, in the order in which it is shown.
CREATE OR REPLACE FUNCTION read_services(salons uuid[])
RETURNS TABLE (
    salon_id uuid, service_id uuid, name text, category text, duration integer, buffer_before integer,
    buffer_after integer, price_amount integer, price_currency text, minimum_notice integer, horizon integer,
    slot_step integer
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT v.salon_id, v.service_id, v.name, v.category, v.duration, v.buffer_before, v.buffer_after,
        v.price_amount, v.price_currency::text, v.minimum_notice, v.horizon, v.slot_step
    FROM readable_calendars(salons) r JOIN service v ON v.tenant_id = r.tenant_id AND v.salon_id = r.salon_id
    ORDER BY v.salon_id, v.sort_order, v.service_id;
END
$$;
SELECT make_definer_function('read_services(uuid[])', 'salons_tenant', 'salons_marketplace');
