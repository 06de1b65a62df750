-- When people who work in these salons are taken, anywhere; of all of them when no persons are named. A hold that is
-- over and not yet swept takes no time.
CREATE OR REPLACE FUNCTION read_busy(salons uuid[], persons uuid[], span tstzrange)
RETURNS TABLE (staff_id uuid, during tstzrange) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT o.staff_id, o.during
    FROM (SELECT DISTINCT f.staff_id FROM readable_calendars(salons) r
            JOIN staff f ON f.tenant_id = r.tenant_id AND f.salon_id = r.salon_id
            WHERE persons IS NULL OR f.staff_id = ANY (persons)) AS person
        JOIN occupancy o ON o.staff_id = person.staff_id AND o.during && span AND o.live
    WHERE NOT (o.kind = 'hold' AND o.expires_at <= clock_timestamp())
    ORDER BY 1, 2;
END
$$;
SELECT make_definer_function('read_busy(uuid[], uuid[], tstzrange)', 'salons_tenant', 'salons_marketplace');
