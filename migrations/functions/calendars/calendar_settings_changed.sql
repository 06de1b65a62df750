-- Raises the revision for the calendar's own settings, and for what a salon's profile says of its time.
CREATE OR REPLACE FUNCTION calendar_settings_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM raise_revisions(NEW.tenant_id, ARRAY[NEW.salon_id], true);
    RETURN NULL;
END
$$;
SELECT make_definer_function('calendar_settings_changed()');
CREATE OR REPLACE TRIGGER calendar_updated AFTER UPDATE ON calendar FOR EACH ROW
    WHEN (OLD.closed_on_holidays <> NEW.closed_on_holidays OR OLD.cancellation_window <> NEW.cancellation_window)
    EXECUTE FUNCTION calendar_settings_changed();
CREATE OR REPLACE TRIGGER salon_time_changed AFTER UPDATE ON salon FOR EACH ROW
    WHEN (OLD.opening_hours IS DISTINCT FROM NEW.opening_hours OR OLD.time_zone IS DISTINCT FROM NEW.time_zone
        OR OLD.country IS DISTINCT FROM NEW.country OR OLD.status <> NEW.status)
    EXECUTE FUNCTION calendar_settings_changed();
