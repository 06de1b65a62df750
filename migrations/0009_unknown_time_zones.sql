-- A zone that is not known is not known: a salon may have none. Whatever is derived from it is then unknown as well.
ALTER TABLE salon ALTER COLUMN time_zone DROP NOT NULL;
ALTER TABLE salon ADD CONSTRAINT salon_time_zone_named CHECK (time_zone <> '');

DROP TRIGGER salon_time_changed ON salon;
CREATE TRIGGER salon_time_changed AFTER UPDATE ON salon FOR EACH ROW
    WHEN (OLD.opening_hours IS DISTINCT FROM NEW.opening_hours OR OLD.time_zone IS DISTINCT FROM NEW.time_zone
        OR OLD.country IS DISTINCT FROM NEW.country OR OLD.status <> NEW.status)
    EXECUTE FUNCTION calendar_settings_changed();
