-- The names of services and people can be read; see `tenancy/visible_text.sql`.
CREATE OR REPLACE TRIGGER service_name BEFORE INSERT OR UPDATE OF name ON service FOR EACH ROW
    WHEN (NOT is_visible_text(NEW.name, 200)) EXECUTE FUNCTION refuse_text();
CREATE OR REPLACE TRIGGER staff_name BEFORE INSERT OR UPDATE OF name ON staff FOR EACH ROW
    WHEN (NOT is_visible_text(NEW.name, 200)) EXECUTE FUNCTION refuse_text();
