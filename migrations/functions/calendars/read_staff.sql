-- Who works in salons, in the order in which they are shown.
CREATE OR REPLACE FUNCTION read_staff(salons uuid[])
RETURNS TABLE (salon_id uuid, staff_id uuid, name text, availability_epoch bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT f.salon_id, f.staff_id, f.name, f.availability_epoch
    FROM readable_calendars(salons) r JOIN staff f ON f.tenant_id = r.tenant_id AND f.salon_id = r.salon_id
    ORDER BY f.salon_id, f.sort_order, f.staff_id;
END
$$;
SELECT make_definer_function('read_staff(uuid[])', 'salons_tenant', 'salons_marketplace');
