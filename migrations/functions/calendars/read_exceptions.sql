-- Exceptions that are not over; a day more than any zone's.
CREATE OR REPLACE FUNCTION read_exceptions(salons uuid[])
RETURNS TABLE (
    salon_id uuid, staff_id uuid, kind text, first_date date, last_date date, start_minute smallint, end_minute smallint
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT e.salon_id, e.staff_id, e.kind, e.first_date, e.last_date, e.start_minute, e.end_minute
    FROM readable_calendars(salons) r
        JOIN schedule_exception e ON e.tenant_id = r.tenant_id AND e.salon_id = r.salon_id
    WHERE e.last_date >= current_date - 3
    ORDER BY e.salon_id, e.exception_id;
END
$$;
SELECT make_definer_function('read_exceptions(uuid[])', 'salons_tenant', 'salons_marketplace');
