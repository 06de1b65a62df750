-- Hands out at most so many jobs of these kinds: the most urgent class first, and within a class one of each tenant in
-- turn, from the one after `last_turn` on. So whoever has many queued delays another by one job and not by many. Takes
-- for each job one descent of an index, however many wait.
CREATE OR REPLACE FUNCTION claim_jobs(
    kinds text[], at_most integer, last_turn uuid, present timestamptz, lease_seconds double precision
) RETURNS SETOF job LANGUAGE plpgsql SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_sort = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    place uuid;
    -- Whether the round under way began at the first tenant and has found something.
    is_whole boolean;
    has_found boolean;
    chosen record;
    claimed job;
    taken integer := 0;
BEGIN
    FOR class IN 0..3 LOOP
        place := last_turn;
        is_whole := false;
        has_found := false;
        WHILE taken < at_most LOOP
            SELECT j.id, j.turn INTO chosen FROM job j
            WHERE j.state = 'ready' AND j.priority = class AND j.turn > place AND j.kind = ANY (kinds)
            ORDER BY j.priority, j.turn, j.run_at, j.id LIMIT 1 FOR UPDATE SKIP LOCKED;
            IF NOT FOUND THEN
                EXIT WHEN is_whole AND NOT has_found;
                is_whole := true;
                has_found := false;
                place := '00000000-0000-0000-0000-000000000000';
                CONTINUE;
            END IF;
            has_found := true;
            place := chosen.turn;
            UPDATE job SET state = 'running', attempt = attempt + 1, lease = nextval('job_lease'),
                leased_until = present + make_interval(secs => lease_seconds)
            WHERE id = chosen.id RETURNING * INTO claimed;
            taken := taken + 1;
            RETURN NEXT claimed;
        END LOOP;
        EXIT WHEN taken >= at_most;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION claim_jobs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_jobs TO salons_jobs;
