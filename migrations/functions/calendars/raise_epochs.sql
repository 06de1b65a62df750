-- Raises the epoch of these persons, in all places where each works, and tells each of the tenants. Rows are locked in
-- one order by everyone: by person, and a person's few rows by place. For the functions of this schema alone.
CREATE OR REPLACE FUNCTION raise_all_epochs(persons uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    person uuid;
    place record;
    epoch bigint;
    last_tenant uuid;
BEGIN
    FOR person IN SELECT DISTINCT unnest(persons) ORDER BY 1 LOOP
        last_tenant := NULL;
        FOR place IN
            SELECT tenant_id, salon_id FROM staff WHERE staff_id = person ORDER BY tenant_id, salon_id
        LOOP
            UPDATE staff SET availability_epoch = availability_epoch + 1
            WHERE tenant_id = place.tenant_id AND salon_id = place.salon_id AND staff_id = person
            RETURNING availability_epoch INTO epoch;
            IF place.tenant_id IS DISTINCT FROM last_tenant THEN
                INSERT INTO outbox (tenant_id, kind, subject, revision)
                VALUES (place.tenant_id, 'availability.changed', person, epoch);
            END IF;
            last_tenant := place.tenant_id;
        END LOOP;
    END LOOP;
END
$$;
SELECT make_definer_function('raise_all_epochs(uuid[])');

-- The same for the people of the caller, who may work for others too.
CREATE OR REPLACE FUNCTION raise_epochs(persons uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM raise_all_epochs(own_persons(persons));
END
$$;
SELECT make_definer_function('raise_epochs(uuid[])', 'salons_tenant');
