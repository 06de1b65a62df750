-- Why a salon cannot be booked against the revision that the caller has seen; null when it can. Asked under the locks,
-- in a statement of its own, so that it sees what was committed while they were waited for.
CREATE OR REPLACE FUNCTION salon_refusal(salon uuid, seen_revision bigint) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    SELECT c.revision, s.status INTO found FROM calendar c
        JOIN salon s ON s.tenant_id = c.tenant_id AND s.salon_id = c.salon_id
    WHERE c.tenant_id = current_tenant() AND c.salon_id = salon;
    RETURN CASE
        WHEN found.revision IS NULL THEN '{"outcome": "unknown-salon"}'
        WHEN found.status <> 'published' AND NOT is_operator() THEN '{"outcome": "unknown-salon"}'
        WHEN found.revision IS DISTINCT FROM seen_revision THEN '{"outcome": "calendar-changed"}'
    END;
END
$$;

-- Why it is too late for a customer to change a booking, by the salon's present window; null when it is not, and for
-- the tenant itself. Asked with the booking's row locked.
CREATE OR REPLACE FUNCTION window_refusal(changed uuid, salon uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    minutes integer;
    begins timestamptz;
BEGIN
    IF is_operator() THEN RETURN NULL; END IF;
    minutes := (SELECT cancellation_window FROM calendar WHERE tenant_id = current_tenant() AND salon_id = salon);
    begins := (SELECT min(starts_at) FROM occupancy
        WHERE tenant_id = current_tenant() AND booking_id = changed AND live);
    IF clock_timestamp() > begins - make_interval(mins => minutes) THEN
        RETURN jsonb_build_object('outcome', 'too-late', 'window', minutes);
    END IF;
    RETURN NULL;
END
$$;

-- Why a booking is not as the mover believes, or may not be changed any more; null when it may. Locks its row.
-- `planned` is the version at which its present place was read; a null `seen_version` moves it whatever it is.
CREATE OR REPLACE FUNCTION move_refusal(moved uuid, seen_version bigint, planned bigint, salon uuid) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    SELECT status, version INTO found FROM booking
    WHERE tenant_id = current_tenant() AND booking_id = moved FOR NO KEY UPDATE;
    RETURN CASE
        WHEN found.status IS NULL THEN '{"outcome": "not-found"}'
        WHEN found.status <> 'booked' THEN '{"outcome": "ended"}'
        WHEN found.version <> seen_version THEN '{"outcome": "version-mismatch"}'
        -- An equal version also says that the places read before the locks are still the booking's.
        WHEN found.version IS DISTINCT FROM planned THEN '{"outcome": "moved-meanwhile"}'
        ELSE window_refusal(moved, salon)
    END;
END
$$;
