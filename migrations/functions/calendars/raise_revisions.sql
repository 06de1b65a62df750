-- Raises the revision of a tenant's calendars, and where working time has changed the epochs of their staff. For the
-- triggers of this schema alone, which know the tenant from the row.
CREATE OR REPLACE FUNCTION raise_revisions(tenant uuid, salons uuid[], working_time boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    persons uuid[];
BEGIN
    PERFORM 1 FROM calendar WHERE tenant_id = tenant AND salon_id = ANY (salons) ORDER BY salon_id FOR NO KEY UPDATE;
    WITH raised AS (
        UPDATE calendar SET revision = revision + 1 WHERE tenant_id = tenant AND salon_id = ANY (salons)
        RETURNING salon_id, revision
    )
    INSERT INTO outbox (tenant_id, kind, subject, revision)
    SELECT tenant, 'calendar.changed', salon_id, revision FROM raised;
    IF working_time THEN
        persons := ARRAY(SELECT DISTINCT staff_id FROM staff WHERE tenant_id = tenant AND salon_id = ANY (salons));
        IF persons <> '{}' THEN PERFORM raise_all_epochs(persons); END IF;
    END IF;
END
$$;
SELECT make_definer_function('raise_revisions(uuid, uuid[], boolean)');
