-- The role whose functions see the calendars of all tenants, because a person may work for two of them and a customer
-- searches all. Nobody works as it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'salons_calendar') THEN
        BEGIN
            CREATE ROLE salons_calendar NOLOGIN NOINHERIT NOBYPASSRLS;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'salons_calendar', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT salons_calendar TO %I', current_user);
        EXCEPTION WHEN unique_violation OR internal_error THEN
            NULL;
        END;
    END IF;
END
$$;
GRANT USAGE ON SCHEMA public TO salons_calendar;

-- For the exclusion constraint, which compares a person and a range in one GiST index.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- What the follower of availability compares: the epoch or the revision that the event tells of.
ALTER TABLE outbox ADD COLUMN revision bigint;
GRANT SELECT (revision) ON outbox TO salons_feed;
GRANT INSERT ON outbox TO salons_calendar;
CREATE POLICY calendars ON outbox FOR INSERT TO salons_calendar WITH CHECK (true);

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
    PRIMARY KEY (tenant_id, salon_id, service_id),
    FOREIGN KEY (tenant_id, salon_id) REFERENCES calendar,
    CHECK ((price_amount IS NULL) = (price_currency IS NULL))
);

-- One person's place in one salon. The same person elsewhere has the same staff_id, also under another tenant: locks and
-- the exclusion constraint know the person, not the place.
CREATE TABLE staff (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    staff_id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (name <> ''),
    sort_order integer NOT NULL DEFAULT 0,
    availability_epoch bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, salon_id, staff_id),
    FOREIGN KEY (tenant_id, salon_id) REFERENCES calendar
) WITH (fillfactor = 70);
-- A booking raises the epoch of every place where the person works.
CREATE INDEX staff_person ON staff (staff_id);

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

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'calendar', 'service', 'staff', 'staff_service', 'working_hours', 'schedule_exception'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant_isolation ON %I TO salons_tenant
            USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
        EXECUTE format('CREATE POLICY calendars ON %I TO salons_calendar USING (true) WITH CHECK (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO salons_tenant', name);
        EXECUTE format('GRANT SELECT ON %I TO salons_calendar', name);
    END LOOP;
END
$$;
GRANT UPDATE (availability_epoch) ON staff TO salons_calendar;
GRANT UPDATE (revision) ON calendar TO salons_calendar;
CREATE POLICY calendars ON salon FOR SELECT TO salons_calendar USING (true);
GRANT SELECT ON salon TO salons_calendar;

-- Raises the epoch of these persons, in all places where each works, and tells each of the tenants. Rows are locked in one
-- order by everyone: by person, and a person's few rows by place.
CREATE FUNCTION raise_epochs(persons uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    person uuid;
    place record;
    epoch bigint;
    last_tenant uuid;
BEGIN
    FOR person IN SELECT DISTINCT unnest(persons) ORDER BY 1 LOOP
        last_tenant := NULL;
        FOR place IN
            SELECT tenant_id, salon_id FROM staff WHERE staff_id = person ORDER BY tenant_id, salon_id
        LOOP
            UPDATE staff SET availability_epoch = availability_epoch + 1
            WHERE tenant_id = place.tenant_id AND salon_id = place.salon_id AND staff_id = person
            RETURNING availability_epoch INTO epoch;
            IF place.tenant_id IS DISTINCT FROM last_tenant THEN
                INSERT INTO outbox (tenant_id, kind, subject, revision)
                VALUES (place.tenant_id, 'availability.changed', person, epoch);
            END IF;
            last_tenant := place.tenant_id;
        END LOOP;
    END LOOP;
END
$$;

-- A person's epoch is the same number in all places, so that one event tells all of them: a new place takes it over.
CREATE FUNCTION staff_take_epoch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    NEW.availability_epoch := coalesce(
        (SELECT max(availability_epoch) FROM staff WHERE staff_id = NEW.staff_id), NEW.availability_epoch);
    RETURN NEW;
END
$$;

-- Raises the revision of a tenant's calendars, and where working time has changed the epochs of their staff.
CREATE FUNCTION raise_revisions(tenant uuid, salons uuid[], working_time boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    persons uuid[];
BEGIN
    PERFORM 1 FROM calendar WHERE tenant_id = tenant AND salon_id = ANY (salons) ORDER BY salon_id FOR NO KEY UPDATE;
    WITH raised AS (
        UPDATE calendar SET revision = revision + 1 WHERE tenant_id = tenant AND salon_id = ANY (salons)
        RETURNING salon_id, revision
    )
    INSERT INTO outbox (tenant_id, kind, subject, revision)
    SELECT tenant, 'calendar.changed', salon_id, revision FROM raised;
    IF working_time THEN
        persons := ARRAY(SELECT DISTINCT staff_id FROM staff WHERE tenant_id = tenant AND salon_id = ANY (salons));
        IF persons <> '{}' THEN PERFORM raise_epochs(persons); END IF;
    END IF;
END
$$;

-- One set of events a statement, however many rows it changed.
CREATE FUNCTION calendar_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        FOR part IN SELECT tenant_id, array_agg(DISTINCT salon_id) AS salons FROM gone GROUP BY 1 ORDER BY 1 LOOP
            PERFORM raise_revisions(part.tenant_id, part.salons, TG_ARGV[0]::boolean);
        END LOOP;
    ELSE
        FOR part IN SELECT tenant_id, array_agg(DISTINCT salon_id) AS salons FROM changed GROUP BY 1 ORDER BY 1 LOOP
            PERFORM raise_revisions(part.tenant_id, part.salons, TG_ARGV[0]::boolean);
        END LOOP;
    END IF;
    RETURN NULL;
END
$$;
DO $$
DECLARE
    part record;
BEGIN
    FOR part IN SELECT * FROM (VALUES
        ('service', 'false'), ('staff_service', 'false'), ('working_hours', 'true'), ('schedule_exception', 'true')
    ) AS parts (name, working_time) LOOP
        EXECUTE format('CREATE TRIGGER %1$s_inserted AFTER INSERT ON %1$s REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(%2$s)', part.name, part.working_time);
        EXECUTE format('CREATE TRIGGER %1$s_updated AFTER UPDATE ON %1$s REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(%2$s)', part.name, part.working_time);
        EXECUTE format('CREATE TRIGGER %1$s_deleted AFTER DELETE ON %1$s REFERENCING OLD TABLE AS gone
            FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(%2$s)', part.name, part.working_time);
    END LOOP;
END
$$;
CREATE TRIGGER staff_epoch BEFORE INSERT ON staff FOR EACH ROW EXECUTE FUNCTION staff_take_epoch();
CREATE TRIGGER staff_inserted AFTER INSERT ON staff REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(false);
CREATE TRIGGER staff_deleted AFTER DELETE ON staff REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION calendar_part_changed(false);

-- A person's new name is a change of the roster; a raised epoch, which every booking brings, is not.
CREATE FUNCTION staff_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM raise_revisions(NEW.tenant_id, ARRAY[NEW.salon_id], false);
    RETURN NULL;
END
$$;
CREATE TRIGGER staff_updated AFTER UPDATE ON staff FOR EACH ROW
    WHEN (OLD.name <> NEW.name OR OLD.sort_order <> NEW.sort_order) EXECUTE FUNCTION staff_renamed();

-- As above, for the calendar's own settings and for what a salon's profile says of its time.
CREATE FUNCTION calendar_settings_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM raise_revisions(NEW.tenant_id, ARRAY[NEW.salon_id], true);
    RETURN NULL;
END
$$;
CREATE TRIGGER calendar_updated AFTER UPDATE ON calendar FOR EACH ROW
    WHEN (OLD.closed_on_holidays <> NEW.closed_on_holidays OR OLD.cancellation_window <> NEW.cancellation_window)
    EXECUTE FUNCTION calendar_settings_changed();
CREATE TRIGGER salon_time_changed AFTER UPDATE ON salon FOR EACH ROW
    WHEN (OLD.opening_hours IS DISTINCT FROM NEW.opening_hours OR OLD.time_zone <> NEW.time_zone
        OR OLD.country IS DISTINCT FROM NEW.country OR OLD.status <> NEW.status)
    EXECUTE FUNCTION calendar_settings_changed();

GRANT CREATE ON SCHEMA public TO salons_calendar;
ALTER FUNCTION raise_epochs OWNER TO salons_calendar;
ALTER FUNCTION staff_take_epoch OWNER TO salons_calendar;
ALTER FUNCTION raise_revisions OWNER TO salons_calendar;
REVOKE CREATE ON SCHEMA public FROM salons_calendar;
REVOKE EXECUTE ON FUNCTION raise_epochs, raise_revisions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION raise_epochs, raise_revisions TO salons_tenant, salons_calendar;
