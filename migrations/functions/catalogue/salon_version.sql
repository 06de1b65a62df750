-- Reconciliation compares versions, so that no change may leave one behind.
CREATE OR REPLACE FUNCTION salon_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
    RETURN NEW;
END
$$;
REVOKE EXECUTE ON FUNCTION salon_raise_version FROM PUBLIC;
CREATE OR REPLACE TRIGGER salon_version BEFORE UPDATE ON salon FOR EACH ROW EXECUTE FUNCTION salon_raise_version();
