-- What an entry's hash is made of: the hash before it, then what the entry says, a line each. `AuditChain` in Swift
-- makes the same bytes, by which it verifies.
CREATE OR REPLACE FUNCTION audit_hash(
    before bytea, n bigint, incarnation integer, event_id bigint, kind text, subject uuid, revision bigint,
    payload jsonb, written_at timestamptz
) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(before || convert_to(concat_ws(E'\n', n, incarnation, event_id, kind, subject,
    coalesce(revision::text, '-'), coalesce(payload::text, '-'),
    (extract(epoch FROM written_at) * 1000000)::bigint), 'UTF8'));

-- Appends events, in the order of the arrays.
CREATE OR REPLACE FUNCTION append_audit(txids xid8[], ids bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    present integer := (SELECT max(number) FROM incarnation);
    event record;
    last bigint;
    digest bytea;
BEGIN
    FOR event IN
        SELECT o.* FROM unnest(txids, ids) WITH ORDINALITY AS place (txid, id, number)
            JOIN outbox o ON o.txid = place.txid AND o.id = place.id
        ORDER BY place.number
    LOOP
        SELECT h.n, h.hash INTO last, digest FROM audit_head h WHERE h.tenant_id = event.tenant_id FOR UPDATE;
        last := coalesce(last, 0) + 1;
        digest := audit_hash(coalesce(digest, sha256(''::bytea)), last, present, event.id, event.kind, event.subject,
            event.revision, event.payload, event.created_at);
        INSERT INTO audit (tenant_id, n, incarnation, event_id, kind, subject, revision, payload, written_at, hash)
        VALUES (event.tenant_id, last, present, event.id, event.kind, event.subject, event.revision, event.payload,
            event.created_at, digest);
        INSERT INTO audit_head (tenant_id, n, hash) VALUES (event.tenant_id, last, digest)
        ON CONFLICT (tenant_id) DO UPDATE SET n = EXCLUDED.n, hash = EXCLUDED.hash;
    END LOOP;
END
$$;
GRANT CREATE ON SCHEMA public TO salons_auditor;
ALTER FUNCTION append_audit OWNER TO salons_auditor;
REVOKE CREATE ON SCHEMA public FROM salons_auditor;
REVOKE EXECUTE ON FUNCTION append_audit, audit_hash FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_audit TO salons_events;
GRANT EXECUTE ON FUNCTION audit_hash TO salons_auditor;
