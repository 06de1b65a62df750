-- A person's new name is a change of the roster; a raised epoch, which every booking brings, is not.
CREATE OR REPLACE FUNCTION staff_renamed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM raise_revisions(NEW.tenant_id, ARRAY[NEW.salon_id], false);
    RETURN NULL;
END
$$;
SELECT make_definer_function('staff_renamed()');
CREATE OR REPLACE TRIGGER staff_updated AFTER UPDATE ON staff FOR EACH ROW
    WHEN (OLD.name <> NEW.name OR OLD.sort_order <> NEW.sort_order) EXECUTE FUNCTION staff_renamed();
