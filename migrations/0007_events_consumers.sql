-- Whoever follows the events for good, and whoever works at jobs. Neither is one of the ranks: they act for the
-- platform. salons_events reads events with their payloads, moves consumers, removes old events salons_auditor owns the
-- function that appends to the audit log; nobody works as it
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['salons_events', 'salons_auditor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT NOBYPASSRLS', name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
    END LOOP;
    IF NOT pg_has_role('salons_app', 'salons_events', 'MEMBER') THEN
        BEGIN
            GRANT salons_events TO salons_app;
        EXCEPTION WHEN unique_violation OR internal_error THEN
            NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'salons_auditor', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT salons_auditor TO %I', current_user);
        EXCEPTION WHEN unique_violation OR internal_error THEN
            NULL;
        END;
    END IF;
END
$$;
GRANT USAGE ON SCHEMA public TO salons_events, salons_auditor;

-- Every follower reads all kinds in one order, so that its place moves on also while nothing of its own kinds happens.
DROP INDEX outbox_salons;
DROP INDEX outbox_calendars;
REVOKE DELETE ON outbox FROM salons_feed;
CREATE POLICY events ON outbox TO salons_events USING (true) WITH CHECK (true);
GRANT SELECT, DELETE, UPDATE (txid) ON outbox TO salons_events;

-- Up to where old events have been removed: a follower whose place is before it has missed some.
CREATE TABLE outbox_floor (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    txid xid8 NOT NULL,
    id bigint NOT NULL
);
INSERT INTO outbox_floor (txid, id) VALUES ('0', 0);
GRANT SELECT ON outbox_floor TO salons_feed, salons_events;
GRANT UPDATE (txid, id) ON outbox_floor TO salons_events;

-- The database since it was made or restored. The numbers of events mean something within one incarnation only: one
-- that was restored from yesterday's copy gives those of today a second time.
CREATE TABLE incarnation (
    number integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    -- What PostgreSQL says of itself; both change in other ways: the first with a dump, the second with a recovery.
    system_identifier bigint NOT NULL,
    timeline integer NOT NULL,
    began_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO incarnation (system_identifier, timeline)
SELECT system_identifier, timeline_id FROM pg_control_system(), pg_control_checkpoint();
GRANT SELECT, INSERT ON incarnation TO salons_events;

-- Who follows for good. Everything up to the mark (txid, id) is done, dead or skipped, for ever.
CREATE TABLE consumer (
    name text PRIMARY KEY CHECK (name ~ '^[a-z]+(_[a-z]+)*$'),
    txid xid8 NOT NULL,
    id bigint NOT NULL,
    -- Nobody follows for it any more, and no event is kept for it.
    retired_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);

-- Events beyond the mark that are done, because one before them is not.
CREATE TABLE inbox (
    consumer text NOT NULL REFERENCES consumer ON DELETE CASCADE,
    txid xid8 NOT NULL,
    id bigint NOT NULL,
    PRIMARY KEY (consumer, txid, id)
);

-- Events that a consumer could not do. One that waits holds the mark back; later events of its subject wait behind it,
-- those of other subjects do not. One that is dead or skipped is passed by the mark and remembered here.
CREATE TABLE failed_event (
    consumer text NOT NULL REFERENCES consumer ON DELETE CASCADE,
    txid xid8 NOT NULL,
    id bigint NOT NULL,
    subject uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'dead', 'skipped')),
    -- 0 for one that waits behind another of its subject.
    attempts integer NOT NULL,
    -- What was thrown; no personal data.
    error text,
    next_at timestamptz NOT NULL,
    PRIMARY KEY (consumer, txid, id)
);
CREATE INDEX failed_event_due ON failed_event (consumer, next_at) WHERE state = 'waiting';
CREATE INDEX failed_event_subject ON failed_event (consumer, subject, txid, id) WHERE state = 'waiting';
-- Retention keeps what somebody may still want to do.
CREATE INDEX failed_event_place ON failed_event (txid, id);

GRANT SELECT, INSERT, UPDATE (txid, id, retired_at) ON consumer TO salons_events;
GRANT SELECT, INSERT, DELETE, UPDATE (txid) ON inbox TO salons_events;
GRANT SELECT, INSERT, UPDATE, DELETE ON failed_event TO salons_events;
