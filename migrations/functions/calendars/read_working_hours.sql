-- The weekly patterns of those who work in salons.
CREATE OR REPLACE FUNCTION read_working_hours(salons uuid[])
RETURNS TABLE (
    salon_id uuid, staff_id uuid, weekday smallint, start_minute smallint, end_minute smallint, valid_from date,
    valid_to date
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT h.salon_id, h.staff_id, h.weekday, h.start_minute, h.end_minute, h.valid_from, h.valid_to
    FROM readable_calendars(salons) r JOIN working_hours h ON h.tenant_id = r.tenant_id AND h.salon_id = r.salon_id;
END
$$;
SELECT make_definer_function('read_working_hours(uuid[])', 'salons_tenant', 'salons_marketplace');
