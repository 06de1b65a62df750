-- What a search reads of calendars: of published salons for everyone, of a tenant's own for itself; never the name of
-- a customer. Functions rather than views, so that they are planned once a connection and take a list of salons. The
-- list is short, and whole tables must not be read for it, as they are when the planner expects a long one (measured:
-- 5 ms of working hours).

-- The calendars that the caller may read: the marketplace those of published salons, a tenant its own, a customer of a
-- tenant those of them that are published.
CREATE OR REPLACE FUNCTION readable_calendars(salons uuid[])
RETURNS TABLE (tenant_id uuid, salon_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
    reader uuid := readable_tenant();
BEGIN
    IF reader IS NULL THEN
        RETURN QUERY SELECT s.tenant_id, s.salon_id FROM salon s
        WHERE s.salon_id = ANY (salons) AND s.status = 'published';
    ELSE
        RETURN QUERY SELECT s.tenant_id, s.salon_id FROM salon s
        WHERE s.tenant_id = reader AND s.salon_id = ANY (salons) AND (s.status = 'published' OR is_operator());
    END IF;
END
$$;
SELECT make_definer_function('readable_calendars(uuid[])', 'salons_tenant', 'salons_marketplace');
