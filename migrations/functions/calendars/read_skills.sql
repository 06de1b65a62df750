-- Who does which service, and what of it is their own.
CREATE OR REPLACE FUNCTION read_skills(salons uuid[])
RETURNS TABLE (
    salon_id uuid, staff_id uuid, service_id uuid, duration integer, price_amount integer, price_currency text
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 400 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT k.salon_id, k.staff_id, k.service_id, k.duration, k.price_amount, k.price_currency::text
    FROM readable_calendars(salons) r JOIN staff_service k ON k.tenant_id = r.tenant_id AND k.salon_id = r.salon_id;
END
$$;
SELECT make_definer_function('read_skills(uuid[])', 'salons_tenant', 'salons_marketplace');
