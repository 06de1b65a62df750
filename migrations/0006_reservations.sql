-- One agreement with one customer: a hold, a booking, or what became of it.
CREATE TABLE booking (
    tenant_id uuid NOT NULL,
    booking_id uuid NOT NULL DEFAULT gen_random_uuid(),
    salon_id uuid NOT NULL,
    status text NOT NULL CHECK (status IN ('held', 'booked', 'cancelled', 'expired')),
    version bigint NOT NULL DEFAULT 1,
    -- The bookings of one recurring series share it.
    series_id uuid,
    -- Personal data, which can be erased while the booking stays.
    customer_name text,
    customer_email text,
    customer_phone text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, booking_id)
);
-- Finds the tenant of a booking by its identifier, which only the customer has.
CREATE UNIQUE INDEX booking_identity ON booking (booking_id);
CREATE INDEX booking_email ON booking (tenant_id, customer_email) WHERE customer_email IS NOT NULL;
CREATE INDEX booking_phone ON booking (tenant_id, customer_phone) WHERE customer_phone IS NOT NULL;
CREATE INDEX booking_series ON booking (tenant_id, series_id) WHERE series_id IS NOT NULL;
SELECT make_tenant_table('booking', 'SELECT, INSERT, UPDATE',
    'SELECT (tenant_id, booking_id, salon_id, status, version), UPDATE (status, version, updated_at)');

-- What a person's time is taken by. There are no foreign keys to staff and service: their row locks would make all
-- bookings of one person share rows that each of them changes; `reserve` checks against the calendar's revision
-- instead.
CREATE TABLE occupancy (
    tenant_id uuid NOT NULL,
    occupancy_id uuid NOT NULL DEFAULT gen_random_uuid(),
    salon_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('booking', 'hold', 'block', 'time_off')),
    -- Blocks and time off have none; a visit of several steps has several occupancies.
    booking_id uuid,
    step smallint,
    service_id uuid,
    -- With buffers; [) in UTC.
    during tstzrange NOT NULL CHECK (NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during)),
    -- What the customer sees, without buffers.
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    price_amount integer,
    price_currency text,
    -- Whether it takes time; what does not is kept as history.
    live boolean NOT NULL DEFAULT true,
    -- A hold ends by itself.
    expires_at timestamptz,
    -- The blocks of one recurring series share it.
    series_id uuid,
    label text,
    PRIMARY KEY (tenant_id, occupancy_id),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES booking,
    CHECK ((kind IN ('booking', 'hold')) = (booking_id IS NOT NULL)),
    CHECK ((kind = 'hold') = (expires_at IS NOT NULL)),
    -- The backstop behind the locks, over all tenants. Deferrable so that one UPDATE may move two steps past each
    -- other.
    CONSTRAINT occupancy_overlap EXCLUDE USING gist (staff_id WITH =, during WITH &&) WHERE (live)
        DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX occupancy_booking ON occupancy (tenant_id, booking_id);
CREATE INDEX occupancy_hold_expiry ON occupancy (expires_at) WHERE live AND kind = 'hold';
SELECT make_tenant_table('occupancy', 'SELECT, INSERT, UPDATE', 'SELECT, UPDATE (live)');

-- The effect of a request, by the key that its sender gave it.
CREATE TABLE idempotency (
    tenant_id uuid NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    fingerprint bytea NOT NULL,
    answer jsonb,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- A refusal weighs as little as it can: anybody can bring about any number of them.
    is_refusal boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, key)
) WITH (fillfactor = 90);
SELECT make_tenant_table('idempotency', 'SELECT, INSERT, UPDATE, DELETE');
CREATE POLICY housekeeping ON idempotency TO salons_platform USING (true) WITH CHECK (false);
GRANT SELECT (tenant_id, created_at, is_refusal), DELETE ON idempotency TO salons_platform;
