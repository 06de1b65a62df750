-- Takes time that no customer asked for: a block or time off, maybe months of it, so the whole calendars are locked.
-- Takes all of it, or answers the steps that bookings are in the way of; the same identifiers again have no second
-- effect.
CREATE OR REPLACE FUNCTION block_time(
    salon uuid, kind text, label text, series uuid, ids uuid[], persons uuid[], ranges tstzrange[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    taken integer[];
    freed uuid[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a reservation needs READ COMMITTED, not %', current_setting('transaction_isolation')
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM lock_staff(persons, true);
    IF EXISTS (SELECT FROM occupancy WHERE tenant_id = current_tenant() AND occupancy_id = ANY (ids)) THEN
        RETURN '{"outcome": "ok"}';
    END IF;
    freed := expire_holds(persons, ranges);
    taken := taken_steps(persons, ranges, NULL);
    IF taken <> '{}' THEN
        IF freed <> '{}' THEN PERFORM raise_epochs(freed); END IF;
        RETURN jsonb_build_object('outcome', 'slot-taken', 'conflicts', to_jsonb(taken));
    END IF;
    INSERT INTO occupancy (tenant_id, occupancy_id, salon_id, staff_id, kind, during, starts_at, ends_at, series_id,
        label)
    SELECT current_tenant(), id, salon, person, block_time.kind, range, lower(range), upper(range), series,
        block_time.label
    FROM unnest(ids, persons, ranges) AS step (id, person, range);
    PERFORM raise_epochs(persons || freed);
    RETURN '{"outcome": "ok"}';
END
$$;

-- Gives blocked time back; the number of blocks that were there.
CREATE OR REPLACE FUNCTION unblock_time(ids uuid[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    freed uuid[];
    many integer;
BEGIN
    WITH freed_rows AS (
        UPDATE occupancy SET live = false
        WHERE tenant_id = current_tenant() AND occupancy_id = ANY (ids) AND live AND kind IN ('block', 'time_off')
        RETURNING staff_id
    )
    SELECT array_agg(DISTINCT staff_id), count(*) INTO freed, many FROM freed_rows;
    IF freed IS NOT NULL THEN PERFORM raise_epochs(freed); END IF;
    RETURN many;
END
$$;
