-- Functions that work with the rights of salons_calendar see all tenants. None of them takes the caller's word for
-- whose something is: the tenant is current_tenant(), and persons are those who work for it. Whoever else is named is
-- passed over, so that the answer is the same as for a person who does not exist.

-- Those of some persons who work for the tenant of this transaction.
CREATE OR REPLACE FUNCTION own_persons(persons uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT person FROM unnest(persons) AS person
        WHERE EXISTS (SELECT FROM staff f WHERE f.staff_id = person AND f.tenant_id = current_tenant()));
END
$$;
