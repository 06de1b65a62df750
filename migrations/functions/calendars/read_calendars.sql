-- The calendars of salons, with what decides about their time.
CREATE OR REPLACE FUNCTION read_calendars(salons uuid[])
RETURNS TABLE (
    tenant_id uuid, salon_id uuid, revision bigint, closed_on_holidays boolean, cancellation_window integer,
    time_zone text, country text, opening_hours text
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT c.tenant_id, c.salon_id, c.revision, c.closed_on_holidays, c.cancellation_window, s.time_zone,
        coalesce(s.country, t.country)::text, s.opening_hours
    FROM readable_calendars(salons) r
        JOIN calendar c ON c.tenant_id = r.tenant_id AND c.salon_id = r.salon_id
        JOIN salon s ON s.tenant_id = r.tenant_id AND s.salon_id = r.salon_id
        JOIN tenant t ON t.tenant_id = r.tenant_id;
END
$$;
SELECT make_definer_function('read_calendars(uuid[])', 'salons_tenant', 'salons_marketplace');
