-- What has happened, written with the change that it tells of, for the directory, the availability board and whoever
-- else follows.
CREATE TABLE outbox (
    tenant_id uuid NOT NULL REFERENCES tenant,
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind text NOT NULL,
    subject uuid NOT NULL,
    payload jsonb,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- What the follower of availability compares: the epoch or the revision that the event tells of.
    revision bigint,
    PRIMARY KEY (tenant_id, id)
);
-- The order in which the feed reads: all tenants, below the oldest transaction that still runs.
CREATE INDEX outbox_feed ON outbox (txid, id);
-- The directory and the calendars each follow their own kinds of events; bookings write many of the others.
CREATE INDEX outbox_salons ON outbox (txid, id) WHERE kind IN ('salon.changed', 'salon.deleted');
CREATE INDEX outbox_calendars ON outbox (txid, id)
    WHERE kind IN ('availability.changed', 'calendar.changed', 'salon.deleted');

SELECT make_tenant_table('outbox', 'SELECT, INSERT');
CREATE POLICY feed ON outbox TO salons_feed USING (true);
GRANT SELECT (tenant_id, id, txid, kind, subject, created_at, revision), DELETE ON outbox TO salons_feed;
CREATE POLICY calendars ON outbox FOR INSERT TO salons_calendar WITH CHECK (true);
GRANT INSERT ON outbox TO salons_calendar;
