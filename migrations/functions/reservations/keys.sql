-- Null when the key is the caller's to use; else what a request with this key was answered. A twin waits in the INSERT
-- until the first has ended.
CREATE OR REPLACE FUNCTION claim_key(request_key text, request_fingerprint bytea) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    -- Half of a SHA-256 tells requests apart as well.
    short bytea := substr(request_fingerprint, 1, 16);
    known record;
BEGIN
    -- Under any other level the checks after the locks would see what was there before the wait.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a reservation needs READ COMMITTED, not %', current_setting('transaction_isolation')
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    -- PostgreSQL takes the generic plans for dearer than they are, and planning anew costs more than all of the rest.
    -- A plan that was made while a table was empty would go on reading all of it.
    PERFORM set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
        set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true);
    LOOP
        INSERT INTO idempotency (tenant_id, key, fingerprint)
        VALUES (current_tenant(), request_key, short) ON CONFLICT DO NOTHING;
        IF FOUND THEN RETURN NULL; END IF;
        SELECT fingerprint, answer INTO known FROM idempotency
        WHERE tenant_id = current_tenant() AND key = request_key;
        IF FOUND THEN
            IF known.fingerprint <> short THEN RETURN '{"outcome": "key-reused"}'; END IF;
            RETURN known.answer || '{"replayed": true}';
        END IF;
    END LOOP;
END
$$;

-- Keeps the answer under the key: one key, one outcome. What somebody else's time, or the booking itself, stood in the
-- way of is kept and is on the disk before it is answered, as an effect is: otherwise a power cut could forget it, and
-- the same request, sent again, would do what its sender was told would not be done. What the request itself lacks (a
-- salon, a booking or a rule of the salon) is not kept: it had no effect, and the key is as good as new.
CREATE OR REPLACE FUNCTION keep_answer(request_key text, given jsonb, is_final boolean) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    word text := given ->> 'outcome';
BEGIN
    IF word = 'ok' THEN
        UPDATE idempotency SET answer = given WHERE tenant_id = current_tenant() AND key = request_key;
    ELSIF is_final AND word IN (
        'slot-taken', 'hold-expired', 'already-booked', 'ended', 'version-mismatch', 'too-late'
    ) THEN
        UPDATE idempotency SET is_refusal = true,
            answer = jsonb_strip_nulls(jsonb_build_object('outcome', word, 'window', given -> 'window'))
        WHERE tenant_id = current_tenant() AND key = request_key;
    ELSE
        -- Nothing is promised, so nothing need wait for the disk.
        PERFORM set_config('synchronous_commit', 'off', true);
        DELETE FROM idempotency WHERE tenant_id = current_tenant() AND key = request_key;
    END IF;
    RETURN given;
END
$$;
