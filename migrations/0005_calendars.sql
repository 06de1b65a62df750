-- A salon that can be booked. A booking is made against a revision, which everything that decides about working time,
-- services or staff raises.
CREATE TABLE calendar (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    revision bigint NOT NULL DEFAULT 1,
    -- Public holidays of which the opening hours say nothing.
    closed_on_holidays boolean NOT NULL DEFAULT true,
    -- Minutes before the start until which a customer may cancel or move.
    cancellation_window integer NOT NULL DEFAULT 0 CHECK (cancellation_window BETWEEN 0 AND 43200),
    -- Made up for a demonstration.
    is_invented boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, salon_id),
    FOREIGN KEY (tenant_id, salon_id) REFERENCES salon
);
SELECT make_tenant_table('calendar', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT, UPDATE (revision)');

-- All lengths of time are minutes, and whole steps of a sheet (5) where they decide about free time.
CREATE TABLE service (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    service_id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (name <> ''),
    category text NOT NULL CHECK (category ~ '^[a-z]+(_[a-z]+)*$'),
    duration integer NOT NULL CHECK (duration BETWEEN 5 AND 2880 AND duration % 5 = 0),
    buffer_before integer NOT NULL DEFAULT 0 CHECK (buffer_before BETWEEN 0 AND 720 AND buffer_before % 5 = 0),
    buffer_after integer NOT NULL DEFAULT 0 CHECK (buffer_after BETWEEN 0 AND 720 AND buffer_after % 5 = 0),
    -- In minor units.
    price_amount integer CHECK (price_amount >= 0),
    price_currency char(3) CHECK (price_currency ~ '^[A-Z]{3}$'),
    minimum_notice integer NOT NULL DEFAULT 0 CHECK (minimum_notice BETWEEN 0 AND 43200),
    -- Days.
    horizon integer NOT NULL DEFAULT 90 CHECK (horizon BETWEEN 1 AND 730),
    slot_step integer NOT NULL DEFAULT 15 CHECK (slot_step BETWEEN 5 AND 1440 AND slot_step % 5 = 0),
    sort_order integer NOT NULL DEFAULT 0,
    -- The name that a calendar file gives a service inside a salon, so that applying the file again changes what is
    -- there instead of adding it a second time.
    reference text CHECK (reference <> '' AND length(reference) <= 200),
    PRIMARY KEY (tenant_id, salon_id, service_id),
    FOREIGN KEY (tenant_id, salon_id) REFERENCES calendar,
    CHECK ((price_amount IS NULL) = (price_currency IS NULL))
);
CREATE UNIQUE INDEX service_reference ON service (tenant_id, salon_id, reference) WHERE reference IS NOT NULL;
SELECT make_tenant_table('service', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');

-- One person's place in one salon. The same person elsewhere has the same staff_id, also under another tenant: locks
-- and the exclusion constraint know the person, not the place.
CREATE TABLE staff (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    staff_id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (name <> ''),
    sort_order integer NOT NULL DEFAULT 0,
    availability_epoch bigint NOT NULL DEFAULT 1,
    -- As that of a service.
    reference text CHECK (reference <> '' AND length(reference) <= 200),
    PRIMARY KEY (tenant_id, salon_id, staff_id),
    FOREIGN KEY (tenant_id, salon_id) REFERENCES calendar
) WITH (fillfactor = 70);
-- A booking raises the epoch of every place where the person works.
CREATE INDEX staff_person ON staff (staff_id);
CREATE UNIQUE INDEX staff_reference ON staff (tenant_id, salon_id, reference) WHERE reference IS NOT NULL;
SELECT make_tenant_table('staff', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT, UPDATE (availability_epoch)');

CREATE TABLE staff_service (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    service_id uuid NOT NULL,
    -- The person's own, where they differ from the service's.
    duration integer CHECK (duration BETWEEN 5 AND 2880 AND duration % 5 = 0),
    price_amount integer CHECK (price_amount >= 0),
    price_currency char(3) CHECK (price_currency ~ '^[A-Z]{3}$'),
    PRIMARY KEY (tenant_id, salon_id, staff_id, service_id),
    FOREIGN KEY (tenant_id, salon_id, staff_id) REFERENCES staff ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, salon_id, service_id) REFERENCES service ON DELETE CASCADE,
    CHECK ((price_amount IS NULL) = (price_currency IS NULL))
);
SELECT make_tenant_table('staff_service', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');

-- The weekly pattern, in the salon's local time; an end past 1440 lies on the next day.
CREATE TABLE working_hours (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    working_hours_id uuid NOT NULL DEFAULT gen_random_uuid(),
    weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    start_minute smallint NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute smallint NOT NULL CHECK (end_minute BETWEEN 1 AND 2880),
    valid_from date,
    valid_to date,
    PRIMARY KEY (tenant_id, salon_id, staff_id, working_hours_id),
    FOREIGN KEY (tenant_id, salon_id, staff_id) REFERENCES staff ON DELETE CASCADE,
    CHECK (end_minute > start_minute),
    CHECK (valid_to >= valid_from)
);
SELECT make_tenant_table('working_hours', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');

-- A dated closing or extra opening, of the salon (no staff_id) or of one person in it.
CREATE TABLE schedule_exception (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    exception_id uuid NOT NULL DEFAULT gen_random_uuid(),
    staff_id uuid,
    kind text NOT NULL CHECK (kind IN ('closed', 'open')),
    first_date date NOT NULL,
    last_date date NOT NULL,
    start_minute smallint NOT NULL DEFAULT 0 CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute smallint NOT NULL DEFAULT 1440 CHECK (end_minute BETWEEN 1 AND 2880),
    PRIMARY KEY (tenant_id, salon_id, exception_id),
    FOREIGN KEY (tenant_id, salon_id) REFERENCES calendar,
    FOREIGN KEY (tenant_id, salon_id, staff_id) REFERENCES staff ON DELETE CASCADE,
    CHECK (last_date >= first_date),
    CHECK (end_minute > start_minute)
);
SELECT make_tenant_table('schedule_exception', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');
