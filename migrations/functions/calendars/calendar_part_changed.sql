-- Raises revisions once a statement, however many rows it changed. The argument says whether working time is changed
-- with them.
CREATE OR REPLACE FUNCTION calendar_part_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    part record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        FOR part IN SELECT tenant_id, array_agg(DISTINCT salon_id) AS salons FROM gone GROUP BY 1 ORDER BY 1 LOOP
            PERFORM raise_revisions(part.tenant_id, part.salons, TG_ARGV[0]::boolean);
        END LOOP;
    ELSE
        FOR part IN SELECT tenant_id, array_agg(DISTINCT salon_id) AS salons FROM changed GROUP BY 1 ORDER BY 1 LOOP
            PERFORM raise_revisions(part.tenant_id, part.salons, TG_ARGV[0]::boolean);
        END LOOP;
    END IF;
    RETURN NULL;
END
$$;
SELECT make_definer_function('calendar_part_changed()');

DO $$
DECLARE
    part record;
BEGIN
    FOR part IN SELECT * FROM (VALUES
        ('service', 'false'), ('staff_service', 'false'), ('working_hours', 'true'), ('schedule_exception', 'true')
    ) AS parts (name, working_time) LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %1$s_inserted AFTER INSERT ON %1$s REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(%2$s)', part.name, part.working_time);
        EXECUTE format('CREATE OR REPLACE TRIGGER %1$s_updated AFTER UPDATE ON %1$s REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(%2$s)', part.name, part.working_time);
        EXECUTE format('CREATE OR REPLACE TRIGGER %1$s_deleted AFTER DELETE ON %1$s REFERENCING OLD TABLE AS gone
            FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(%2$s)', part.name, part.working_time);
    END LOOP;
END
$$;
CREATE OR REPLACE TRIGGER staff_inserted AFTER INSERT ON staff REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(false);
CREATE OR REPLACE TRIGGER staff_deleted AFTER DELETE ON staff REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(false);
