-- A salon's name can be read; see `tenancy/visible_text.sql`.
CREATE OR REPLACE TRIGGER salon_name BEFORE INSERT OR UPDATE OF name ON salon FOR EACH ROW
    WHEN (NOT is_visible_text(NEW.name, 300)) EXECUTE FUNCTION refuse_text();
