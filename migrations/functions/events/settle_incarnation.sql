-- Begins a new incarnation if the database was restored since it was last asked; whether it was. A restored server may
-- count its transactions from a lower number than the events that it was restored with, which would then never be
-- settled. So those that are left get the lowest of all numbers, and consumers remember one by one what they have done.
CREATE OR REPLACE FUNCTION settle_incarnation() RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    present record;
    known record;
BEGIN
    -- One at a time.
    PERFORM 1 FROM outbox_floor FOR UPDATE;
    SELECT system_identifier, timeline_id AS timeline INTO present FROM pg_control_system(), pg_control_checkpoint();
    SELECT system_identifier, timeline INTO known FROM incarnation ORDER BY number DESC LIMIT 1;
    IF known = present THEN RETURN false; END IF;
    INSERT INTO incarnation (system_identifier, timeline) VALUES (present.system_identifier, present.timeline);
    IF EXISTS (SELECT FROM outbox WHERE txid >= pg_snapshot_xmax(pg_current_snapshot())) THEN
        PERFORM 1 FROM consumer ORDER BY name FOR UPDATE;
        UPDATE inbox SET txid = '1';
        INSERT INTO inbox (consumer, txid, id)
        SELECT c.name, '1', o.id FROM consumer c JOIN outbox o ON (o.txid, o.id) <= (c.txid, c.id)
        WHERE c.retired_at IS NULL;
        UPDATE failed_event SET txid = '1';
        UPDATE outbox SET txid = '1';
        UPDATE consumer SET txid = '0', id = 0;
        UPDATE outbox_floor SET txid = '0', id = 0;
    END IF;
    RETURN true;
END
$$;
REVOKE EXECUTE ON FUNCTION settle_incarnation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_incarnation TO salons_events;
