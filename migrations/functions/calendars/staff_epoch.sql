-- A person's epoch is the same number in all places, so that one event tells all of them: a new place takes it over. A
-- tenant cannot name a person who works for another one: only the platform says that two of them are the same. That an
-- identifier is taken says no more than a refused primary key would.
CREATE OR REPLACE FUNCTION staff_take_epoch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    known bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.staff_id = OLD.staff_id AND NEW.tenant_id = OLD.tenant_id THEN RETURN NEW; END IF;
    END IF;
    known := (SELECT max(availability_epoch) FROM staff WHERE staff_id = NEW.staff_id);
    IF known IS NULL THEN RETURN NEW; END IF;
    IF (current_setting('role') = 'salons_tenant' OR session_user = 'salons_tenant') AND NOT EXISTS (
        SELECT FROM staff WHERE staff_id = NEW.staff_id AND tenant_id = NEW.tenant_id
    ) THEN
        RAISE EXCEPTION 'the identifier % is another person''s', NEW.staff_id USING ERRCODE = 'SD002';
    END IF;
    NEW.availability_epoch := known;
    RETURN NEW;
END
$$;
SELECT make_definer_function('staff_take_epoch()');
CREATE OR REPLACE TRIGGER staff_epoch BEFORE INSERT OR UPDATE OF tenant_id, staff_id ON staff
    FOR EACH ROW EXECUTE FUNCTION staff_take_epoch();
