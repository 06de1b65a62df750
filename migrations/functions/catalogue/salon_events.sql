-- One statement an event set, however many rows it changed.
CREATE OR REPLACE FUNCTION salon_write_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO outbox (tenant_id, kind, subject) SELECT tenant_id, 'salon.deleted', salon_id FROM gone;
    ELSE
        INSERT INTO outbox (tenant_id, kind, subject) SELECT tenant_id, 'salon.changed', salon_id FROM changed;
    END IF;
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION salon_write_events FROM PUBLIC;
CREATE OR REPLACE TRIGGER salon_inserted AFTER INSERT ON salon REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION salon_write_events();
CREATE OR REPLACE TRIGGER salon_updated AFTER UPDATE ON salon REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION salon_write_events();
CREATE OR REPLACE TRIGGER salon_deleted AFTER DELETE ON salon REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION salon_write_events();
