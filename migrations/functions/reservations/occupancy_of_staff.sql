-- Time is taken only of those who work in the salon. Before the row is there, so that the constraint against overlaps
-- tells nothing of other people. No foreign key: its row locks would make all bookings of one person share rows.
CREATE OR REPLACE FUNCTION occupancy_of_staff() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM staff f
        WHERE f.tenant_id = NEW.tenant_id AND f.salon_id = NEW.salon_id AND f.staff_id = NEW.staff_id
    ) THEN
        RAISE EXCEPTION 'nobody with the identifier % works in salon %', NEW.staff_id, NEW.salon_id
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'occupancy_of_staff';
    END IF;
    RETURN NEW;
END
$$;
REVOKE EXECUTE ON FUNCTION occupancy_of_staff FROM PUBLIC;
CREATE OR REPLACE TRIGGER occupancy_of_staff BEFORE INSERT OR UPDATE OF tenant_id, salon_id, staff_id ON occupancy
    FOR EACH ROW EXECUTE FUNCTION occupancy_of_staff();
