-- The caller's steps, by their places in the arrays, that somebody's live time stands in the way of, other tenants'
-- too, or another of the same steps. Volatile, so that it sees what was committed while the caller waited for its
-- locks.
CREATE OR REPLACE FUNCTION taken_steps(persons uuid[], ranges tstzrange[], except_booking uuid) RETURNS integer[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own uuid[] := own_persons(persons);
BEGIN
    RETURN ARRAY(
        SELECT number::integer FROM unnest(persons, ranges) WITH ORDINALITY AS step (person, range, number)
        WHERE (person = ANY (own) AND EXISTS (
            SELECT FROM occupancy o WHERE o.staff_id = person AND o.during && range AND o.live
                AND (except_booking IS NULL OR o.booking_id IS DISTINCT FROM except_booking
                    OR o.tenant_id <> current_tenant())
        )) OR (cardinality(persons) > 1 AND EXISTS (
            SELECT FROM unnest(persons, ranges) WITH ORDINALITY AS other (other_person, other_range, other_number)
            WHERE other_number <> number AND other_person = person AND other_range && range
        ))
        ORDER BY number);
END
$$;
SELECT make_definer_function('taken_steps(uuid[], tstzrange[], uuid)', 'salons_tenant');
