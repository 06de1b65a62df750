-- Plans of the caller's people that nothing stands in the way of as far as one can see without locks, least busy people
-- first.
CREATE OR REPLACE FUNCTION free_plans(
    plans integer[], persons uuid[], ranges tstzrange[], day tstzrange, except_booking uuid
) RETURNS SETOF integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own uuid[] := own_persons(persons);
BEGIN
    RETURN QUERY
    WITH load AS (
        SELECT person, coalesce((
            SELECT sum(upper(o.during * day) - lower(o.during * day)) FROM occupancy o
            WHERE o.staff_id = person AND o.during && day AND o.live), interval '0') AS busy
        FROM unnest(own) AS person
    )
    SELECT plan FROM unnest(plans, persons, ranges) AS step (plan, person, range) LEFT JOIN load USING (person)
    GROUP BY plan
    HAVING bool_and(person = ANY (own)) AND NOT bool_or(EXISTS (
        SELECT FROM occupancy o WHERE person = ANY (own) AND o.staff_id = person AND o.during && range AND o.live
            AND (o.booking_id IS DISTINCT FROM except_booking OR o.tenant_id <> current_tenant()
                OR except_booking IS NULL)
            AND NOT (o.kind = 'hold' AND o.expires_at <= clock_timestamp())))
    ORDER BY sum(load.busy), plan;
END
$$;
SELECT make_definer_function('free_plans(integer[], uuid[], tstzrange[], tstzrange, uuid)', 'salons_tenant');
