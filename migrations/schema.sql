-- The present schema, as `pg_dump` tells it, for readers and for reviews: nothing of it is applied.
-- It is compared with the database by a test, and written anew by `make schema`. What a function does stands in
-- `functions`.

-- extensions
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;

-- schema
CREATE SEQUENCE public.job_lease
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
GRANT USAGE ON SCHEMA public TO salons_tenant;
GRANT USAGE ON SCHEMA public TO salons_marketplace;
GRANT USAGE ON SCHEMA public TO salons_feed;
GRANT USAGE ON SCHEMA public TO salons_platform;
GRANT USAGE ON SCHEMA public TO salons_publisher;
GRANT USAGE ON SCHEMA public TO salons_calendar;
GRANT USAGE ON SCHEMA public TO salons_events;
GRANT USAGE ON SCHEMA public TO salons_auditor;
GRANT USAGE ON SCHEMA public TO salons_jobs;
GRANT USAGE ON SEQUENCE public.job_lease TO salons_jobs;

-- audit
CREATE TABLE public.audit (
    tenant_id uuid NOT NULL,
    n bigint NOT NULL,
    incarnation integer NOT NULL,
    event_id bigint NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    revision bigint,
    payload jsonb,
    written_at timestamp with time zone NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT audit_n_check CHECK ((n > 0))
);
ALTER TABLE ONLY public.audit FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (tenant_id, n);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_tenant_id_incarnation_event_id_key UNIQUE (tenant_id, incarnation, event_id);
CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.audit_is_append_only();
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id);
ALTER TABLE public.audit ENABLE ROW LEVEL SECURITY;
CREATE POLICY auditor ON public.audit TO salons_auditor USING (true) WITH CHECK (true);
CREATE POLICY tenant_isolation ON public.audit TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT ON TABLE public.audit TO salons_tenant;
GRANT INSERT ON TABLE public.audit TO salons_auditor;

-- audit_head
CREATE TABLE public.audit_head (
    tenant_id uuid NOT NULL,
    n bigint NOT NULL,
    hash bytea NOT NULL
)
WITH (fillfactor='50');
ALTER TABLE ONLY public.audit_head FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id);
ALTER TABLE public.audit_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY auditor ON public.audit_head TO salons_auditor USING (true) WITH CHECK (true);
CREATE POLICY tenant_isolation ON public.audit_head TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT ON TABLE public.audit_head TO salons_tenant;
GRANT SELECT,INSERT,UPDATE ON TABLE public.audit_head TO salons_auditor;

-- booking
CREATE TABLE public.booking (
    tenant_id uuid NOT NULL,
    booking_id uuid DEFAULT gen_random_uuid() NOT NULL,
    salon_id uuid NOT NULL,
    status text NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    series_id uuid,
    customer_name text,
    customer_email text,
    customer_phone text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT booking_status_check CHECK ((status = ANY (ARRAY['held'::text, 'booked'::text, 'cancelled'::text, 'expired'::text, 'completed'::text, 'no_show'::text])))
);
ALTER TABLE ONLY public.booking FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.booking
    ADD CONSTRAINT booking_pkey PRIMARY KEY (tenant_id, booking_id);
CREATE INDEX booking_email ON public.booking USING btree (tenant_id, customer_email) WHERE (customer_email IS NOT NULL);
CREATE UNIQUE INDEX booking_identity ON public.booking USING btree (booking_id);
CREATE INDEX booking_phone ON public.booking USING btree (tenant_id, customer_phone) WHERE (customer_phone IS NOT NULL);
CREATE INDEX booking_series ON public.booking USING btree (tenant_id, series_id) WHERE (series_id IS NOT NULL);
CREATE TRIGGER booking_customer BEFORE INSERT OR UPDATE OF customer_name, customer_email, customer_phone ON public.booking FOR EACH ROW WHEN (((NOT public.is_visible_text(new.customer_name, 200)) OR (length(new.customer_email) > 254) OR (length(new.customer_phone) > 16))) EXECUTE FUNCTION public.refuse_text();
ALTER TABLE public.booking ENABLE ROW LEVEL SECURITY;
CREATE POLICY calendars ON public.booking TO salons_calendar USING (true) WITH CHECK (true);
CREATE POLICY tenant_isolation ON public.booking TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,UPDATE ON TABLE public.booking TO salons_tenant;
GRANT SELECT(tenant_id) ON TABLE public.booking TO salons_calendar;
GRANT SELECT(booking_id) ON TABLE public.booking TO salons_calendar;
GRANT SELECT(salon_id) ON TABLE public.booking TO salons_calendar;
GRANT SELECT(status),UPDATE(status) ON TABLE public.booking TO salons_calendar;
GRANT SELECT(version),UPDATE(version) ON TABLE public.booking TO salons_calendar;
GRANT UPDATE(updated_at) ON TABLE public.booking TO salons_calendar;

-- calendar
CREATE TABLE public.calendar (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    closed_on_holidays boolean DEFAULT true NOT NULL,
    cancellation_window integer DEFAULT 0 NOT NULL,
    is_invented boolean DEFAULT false NOT NULL,
    CONSTRAINT calendar_cancellation_window_check CHECK (((cancellation_window >= 0) AND (cancellation_window <= 43200)))
);
ALTER TABLE ONLY public.calendar FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.calendar
    ADD CONSTRAINT calendar_pkey PRIMARY KEY (tenant_id, salon_id);
CREATE TRIGGER calendar_updated AFTER UPDATE ON public.calendar FOR EACH ROW WHEN (((old.closed_on_holidays <> new.closed_on_holidays) OR (old.cancellation_window <> new.cancellation_window))) EXECUTE FUNCTION public.calendar_settings_changed();
ALTER TABLE ONLY public.calendar
    ADD CONSTRAINT calendar_tenant_id_salon_id_fkey FOREIGN KEY (tenant_id, salon_id) REFERENCES public.salon(tenant_id, salon_id);
ALTER TABLE public.calendar ENABLE ROW LEVEL SECURITY;
CREATE POLICY calendars ON public.calendar TO salons_calendar USING (true) WITH CHECK (true);
CREATE POLICY tenant_isolation ON public.calendar TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendar TO salons_tenant;
GRANT SELECT ON TABLE public.calendar TO salons_calendar;
GRANT UPDATE(revision) ON TABLE public.calendar TO salons_calendar;

-- consumer
CREATE TABLE public.consumer (
    name text NOT NULL,
    txid xid8 NOT NULL,
    id bigint NOT NULL,
    retired_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT consumer_name_check CHECK ((name ~ '^[a-z]+(_[a-z]+)*$'::text))
)
WITH (fillfactor='50');
ALTER TABLE ONLY public.consumer
    ADD CONSTRAINT consumer_pkey PRIMARY KEY (name);
GRANT SELECT,INSERT ON TABLE public.consumer TO salons_events;
GRANT UPDATE(txid) ON TABLE public.consumer TO salons_events;
GRANT UPDATE(id) ON TABLE public.consumer TO salons_events;
GRANT UPDATE(retired_at) ON TABLE public.consumer TO salons_events;

-- credential
CREATE TABLE public.credential (
    tenant_id uuid NOT NULL,
    credential_id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    digest bytea,
    host text,
    origins text[] DEFAULT '{}'::text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT credential_check CHECK (((kind = 'publishable_key'::text) = (digest IS NOT NULL))),
    CONSTRAINT credential_check1 CHECK (((kind = 'host'::text) = (host IS NOT NULL))),
    CONSTRAINT credential_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT credential_host_check CHECK (((host = lower(host)) AND (host <> ''::text))),
    CONSTRAINT credential_kind_check CHECK ((kind = ANY (ARRAY['publishable_key'::text, 'host'::text])))
);
ALTER TABLE ONLY public.credential FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (tenant_id, credential_id);
CREATE UNIQUE INDEX credential_digest ON public.credential USING btree (digest) WHERE (digest IS NOT NULL);
CREATE UNIQUE INDEX credential_host ON public.credential USING btree (host) WHERE ((host IS NOT NULL) AND (revoked_at IS NULL));
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id);
ALTER TABLE public.credential ENABLE ROW LEVEL SECURITY;
CREATE POLICY credential_administration ON public.credential TO salons_platform USING (true) WITH CHECK (true);
CREATE POLICY tenant_isolation ON public.credential TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,UPDATE ON TABLE public.credential TO salons_platform;

-- failed_event
CREATE TABLE public.failed_event (
    consumer text NOT NULL,
    txid xid8 NOT NULL,
    id bigint NOT NULL,
    subject uuid NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    error text,
    next_at timestamp with time zone NOT NULL,
    CONSTRAINT failed_event_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'dead'::text, 'skipped'::text])))
);
ALTER TABLE ONLY public.failed_event
    ADD CONSTRAINT failed_event_pkey PRIMARY KEY (consumer, txid, id);
CREATE INDEX failed_event_due ON public.failed_event USING btree (consumer, next_at) WHERE (state = 'waiting'::text);
CREATE INDEX failed_event_place ON public.failed_event USING btree (txid, id);
CREATE INDEX failed_event_subject ON public.failed_event USING btree (consumer, subject, txid, id) WHERE (state = 'waiting'::text);
ALTER TABLE ONLY public.failed_event
    ADD CONSTRAINT failed_event_consumer_fkey FOREIGN KEY (consumer) REFERENCES public.consumer(name) ON DELETE CASCADE;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.failed_event TO salons_events;

-- geography_columns
REVOKE SELECT ON TABLE public.geography_columns FROM PUBLIC;

-- geometry_columns
REVOKE SELECT ON TABLE public.geometry_columns FROM PUBLIC;

-- idempotency
CREATE TABLE public.idempotency (
    tenant_id uuid NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    answer jsonb,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    is_refusal boolean DEFAULT false NOT NULL,
    CONSTRAINT idempotency_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
)
WITH (fillfactor='90');
ALTER TABLE ONLY public.idempotency FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (tenant_id, key);
CREATE INDEX idempotency_age ON public.idempotency USING btree (created_at);
CREATE POLICY housekeeping ON public.idempotency TO salons_platform USING (true) WITH CHECK (false);
ALTER TABLE public.idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON public.idempotency TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency TO salons_tenant;
GRANT DELETE ON TABLE public.idempotency TO salons_platform;
GRANT SELECT(tenant_id) ON TABLE public.idempotency TO salons_platform;
GRANT SELECT(key) ON TABLE public.idempotency TO salons_platform;
GRANT SELECT(created_at) ON TABLE public.idempotency TO salons_platform;
GRANT SELECT(is_refusal) ON TABLE public.idempotency TO salons_platform;

-- inbox
CREATE TABLE public.inbox (
    consumer text NOT NULL,
    txid xid8 NOT NULL,
    id bigint NOT NULL
);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, txid, id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_consumer_fkey FOREIGN KEY (consumer) REFERENCES public.consumer(name) ON DELETE CASCADE;
GRANT SELECT,INSERT,DELETE ON TABLE public.inbox TO salons_events;
GRANT UPDATE(txid) ON TABLE public.inbox TO salons_events;

-- incarnation
CREATE TABLE public.incarnation (
    number integer NOT NULL,
    system_identifier bigint NOT NULL,
    timeline integer NOT NULL,
    began_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
ALTER TABLE public.incarnation ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.incarnation_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.incarnation
    ADD CONSTRAINT incarnation_pkey PRIMARY KEY (number);
GRANT SELECT,INSERT ON TABLE public.incarnation TO salons_events;
GRANT SELECT ON TABLE public.incarnation TO salons_auditor;

-- job
CREATE TABLE public.job (
    id bigint NOT NULL,
    tenant_id uuid,
    turn uuid GENERATED ALWAYS AS (COALESCE(tenant_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)) STORED NOT NULL,
    kind text NOT NULL,
    arguments jsonb NOT NULL,
    dedupe text,
    priority smallint NOT NULL,
    state text NOT NULL,
    run_at timestamp with time zone NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    max_attempts integer NOT NULL,
    lease bigint,
    leased_until timestamp with time zone,
    error text,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT job_check CHECK (((state = 'running'::text) = ((lease IS NOT NULL) AND (leased_until IS NOT NULL)))),
    CONSTRAINT job_check1 CHECK (((state = ANY (ARRAY['dead'::text, 'cancelled'::text])) = (finished_at IS NOT NULL))),
    CONSTRAINT job_kind_check CHECK ((kind ~ '^[a-z]+([._][a-z]+)*$'::text)),
    CONSTRAINT job_max_attempts_check CHECK ((max_attempts > 0)),
    CONSTRAINT job_priority_check CHECK (((priority >= 0) AND (priority <= 3))),
    CONSTRAINT job_state_check CHECK ((state = ANY (ARRAY['scheduled'::text, 'ready'::text, 'running'::text, 'dead'::text, 'cancelled'::text])))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.01');
ALTER TABLE public.job ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);
CREATE INDEX job_leased ON public.job USING btree (leased_until) WHERE (state = 'running'::text);
CREATE UNIQUE INDEX job_open ON public.job USING btree (turn, kind, dedupe) WHERE (state = ANY (ARRAY['scheduled'::text, 'ready'::text, 'running'::text]));
CREATE INDEX job_over ON public.job USING btree (finished_at) WHERE (state = ANY (ARRAY['dead'::text, 'cancelled'::text]));
CREATE INDEX job_ready ON public.job USING btree (priority, turn, run_at, id) WHERE (state = 'ready'::text);
CREATE INDEX job_scheduled ON public.job USING btree (run_at) WHERE (state = 'scheduled'::text);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.job TO salons_jobs;

-- occupancy
CREATE TABLE public.occupancy (
    tenant_id uuid NOT NULL,
    occupancy_id uuid DEFAULT gen_random_uuid() NOT NULL,
    salon_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    kind text NOT NULL,
    booking_id uuid,
    step smallint,
    service_id uuid,
    during tstzrange NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    price_amount integer,
    price_currency text,
    live boolean DEFAULT true NOT NULL,
    expires_at timestamp with time zone,
    series_id uuid,
    label text,
    CONSTRAINT occupancy_check CHECK (((kind = ANY (ARRAY['booking'::text, 'hold'::text])) = (booking_id IS NOT NULL))),
    CONSTRAINT occupancy_check1 CHECK (((kind = 'hold'::text) = (expires_at IS NOT NULL))),
    CONSTRAINT occupancy_during_check CHECK (((NOT isempty(during)) AND lower_inc(during) AND (NOT upper_inc(during)))),
    CONSTRAINT occupancy_kind_check CHECK ((kind = ANY (ARRAY['booking'::text, 'hold'::text, 'block'::text, 'time_off'::text])))
);
ALTER TABLE ONLY public.occupancy FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.occupancy
    ADD CONSTRAINT occupancy_overlap EXCLUDE USING gist (staff_id WITH =, during WITH &&) WHERE (live) DEFERRABLE;
ALTER TABLE ONLY public.occupancy
    ADD CONSTRAINT occupancy_pkey PRIMARY KEY (tenant_id, occupancy_id);
CREATE INDEX occupancy_booking ON public.occupancy USING btree (tenant_id, booking_id);
CREATE INDEX occupancy_hold_expiry ON public.occupancy USING btree (expires_at) WHERE (live AND (kind = 'hold'::text));
CREATE TRIGGER occupancy_of_staff BEFORE INSERT OR UPDATE OF tenant_id, salon_id, staff_id ON public.occupancy FOR EACH ROW EXECUTE FUNCTION public.occupancy_of_staff();
ALTER TABLE ONLY public.occupancy
    ADD CONSTRAINT occupancy_tenant_id_booking_id_fkey FOREIGN KEY (tenant_id, booking_id) REFERENCES public.booking(tenant_id, booking_id);
CREATE POLICY calendars ON public.occupancy TO salons_calendar USING (true) WITH CHECK (true);
ALTER TABLE public.occupancy ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON public.occupancy TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,UPDATE ON TABLE public.occupancy TO salons_tenant;
GRANT SELECT ON TABLE public.occupancy TO salons_calendar;
GRANT UPDATE(live) ON TABLE public.occupancy TO salons_calendar;

-- outbox
CREATE TABLE public.outbox (
    tenant_id uuid NOT NULL,
    id bigint NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    payload jsonb,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    revision bigint
);
ALTER TABLE ONLY public.outbox FORCE ROW LEVEL SECURITY;
ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX outbox_feed ON public.outbox USING btree (txid, id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id);
CREATE POLICY auditor ON public.outbox FOR SELECT TO salons_auditor USING (true);
CREATE POLICY calendars ON public.outbox FOR INSERT TO salons_calendar WITH CHECK (true);
CREATE POLICY events ON public.outbox TO salons_events USING (true) WITH CHECK (true);
CREATE POLICY feed ON public.outbox TO salons_feed USING (true);
ALTER TABLE public.outbox ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON public.outbox TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT ON TABLE public.outbox TO salons_tenant;
GRANT INSERT ON TABLE public.outbox TO salons_calendar;
GRANT SELECT,DELETE ON TABLE public.outbox TO salons_events;
GRANT SELECT ON TABLE public.outbox TO salons_auditor;
GRANT SELECT(tenant_id) ON TABLE public.outbox TO salons_feed;
GRANT SELECT(id) ON TABLE public.outbox TO salons_feed;
GRANT SELECT(txid) ON TABLE public.outbox TO salons_feed;
GRANT UPDATE(txid) ON TABLE public.outbox TO salons_events;
GRANT SELECT(kind) ON TABLE public.outbox TO salons_feed;
GRANT SELECT(subject) ON TABLE public.outbox TO salons_feed;
GRANT SELECT(created_at) ON TABLE public.outbox TO salons_feed;
GRANT SELECT(revision) ON TABLE public.outbox TO salons_feed;

-- outbox_floor
CREATE TABLE public.outbox_floor (
    only_one boolean DEFAULT true NOT NULL,
    txid xid8 NOT NULL,
    id bigint NOT NULL,
    CONSTRAINT outbox_floor_only_one_check CHECK (only_one)
);
ALTER TABLE ONLY public.outbox_floor
    ADD CONSTRAINT outbox_floor_pkey PRIMARY KEY (only_one);
GRANT SELECT ON TABLE public.outbox_floor TO salons_feed;
GRANT SELECT ON TABLE public.outbox_floor TO salons_events;
GRANT UPDATE(txid) ON TABLE public.outbox_floor TO salons_events;
GRANT UPDATE(id) ON TABLE public.outbox_floor TO salons_events;

-- paused_job_kind
CREATE TABLE public.paused_job_kind (
    kind text NOT NULL,
    paused_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.paused_job_kind
    ADD CONSTRAINT paused_job_kind_pkey PRIMARY KEY (kind);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.paused_job_kind TO salons_jobs;

-- periodic_job
CREATE TABLE public.periodic_job (
    kind text NOT NULL,
    next_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.periodic_job
    ADD CONSTRAINT periodic_job_pkey PRIMARY KEY (kind);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.periodic_job TO salons_jobs;

-- published_salon
CREATE VIEW public.published_salon WITH (security_barrier='true') AS
 SELECT s.tenant_id,
    t.slug AS tenant_slug,
    s.salon_id,
    s.version,
    s.cell,
    s.latitude,
    s.longitude,
    s.location,
    s.category_bits,
    s.attribute_bits,
    s.price_level,
    s.rating_tenths,
    s.rating_count,
    s.name,
    s.time_zone,
    s.opening_hours,
    s.street,
    s.housenumber,
    s.floor_door,
    s.postcode,
    s.city,
    (s.country)::text AS country,
    s.website,
    s.phone
   FROM (public.salon s
     LEFT JOIN public.tenant t USING (tenant_id))
  WHERE (s.status = 'published'::text);
ALTER TABLE public.published_salon OWNER TO salons_publisher;
GRANT SELECT ON TABLE public.published_salon TO salons_marketplace;
GRANT SELECT ON TABLE public.published_salon TO salons_feed;

-- salon
CREATE TABLE public.salon (
    tenant_id uuid NOT NULL,
    salon_id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    street text,
    housenumber text,
    floor_door text,
    postcode text,
    city text,
    country character(2),
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    location public.geography(Point,4326) GENERATED ALWAYS AS ((public.st_setsrid(public.st_makepoint(longitude, latitude), 4326))::public.geography) STORED NOT NULL,
    cell bigint GENERATED ALWAYS AS (public.geohash_cell(latitude, longitude)) STORED NOT NULL,
    time_zone text,
    categories text[] DEFAULT '{}'::text[] NOT NULL,
    category_bits integer GENERATED ALWAYS AS (public.word_bits(categories, public.category_words())) STORED NOT NULL,
    price_level smallint,
    rating_tenths smallint,
    rating_count integer DEFAULT 0 NOT NULL,
    attributes text[] DEFAULT '{}'::text[] NOT NULL,
    attribute_bits integer GENERATED ALWAYS AS (public.word_bits(attributes, public.attribute_words())) STORED NOT NULL,
    opening_hours text,
    website text,
    phone text,
    status text DEFAULT 'published'::text NOT NULL,
    source text NOT NULL,
    source_ref text NOT NULL,
    source_data jsonb,
    version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT salon_attributes_check CHECK ((attributes <@ public.attribute_words())),
    CONSTRAINT salon_categories_check CHECK ((categories <@ public.category_words())),
    CONSTRAINT salon_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT salon_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
    CONSTRAINT salon_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
    CONSTRAINT salon_name_check CHECK ((name <> ''::text)),
    CONSTRAINT salon_price_level_check CHECK (((price_level >= 1) AND (price_level <= 4))),
    CONSTRAINT salon_rating_count_check CHECK ((rating_count >= 0)),
    CONSTRAINT salon_rating_tenths_check CHECK (((rating_tenths >= 0) AND (rating_tenths <= 50))),
    CONSTRAINT salon_source_check CHECK ((source <> ''::text)),
    CONSTRAINT salon_source_ref_check CHECK ((source_ref <> ''::text)),
    CONSTRAINT salon_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text, 'closed'::text]))),
    CONSTRAINT salon_time_zone_named CHECK ((time_zone <> ''::text))
);
ALTER TABLE ONLY public.salon FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.salon
    ADD CONSTRAINT salon_pkey PRIMARY KEY (tenant_id, salon_id);
ALTER TABLE ONLY public.salon
    ADD CONSTRAINT salon_source_unique UNIQUE (tenant_id, source, source_ref);
CREATE INDEX salon_published_cell ON public.salon USING btree (cell) WHERE (status = 'published'::text);
CREATE INDEX salon_published_id ON public.salon USING btree (salon_id) WHERE (status = 'published'::text);
CREATE INDEX salon_tenant_cell ON public.salon USING btree (tenant_id, cell);
CREATE TRIGGER salon_deleted AFTER DELETE ON public.salon REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.salon_write_events();
CREATE TRIGGER salon_inserted AFTER INSERT ON public.salon REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.salon_write_events();
CREATE TRIGGER salon_name BEFORE INSERT OR UPDATE OF name ON public.salon FOR EACH ROW WHEN ((NOT public.is_visible_text(new.name, 300))) EXECUTE FUNCTION public.refuse_text();
CREATE TRIGGER salon_time_changed AFTER UPDATE ON public.salon FOR EACH ROW WHEN (((old.opening_hours IS DISTINCT FROM new.opening_hours) OR (old.time_zone IS DISTINCT FROM new.time_zone) OR (old.country IS DISTINCT FROM new.country) OR (old.status <> new.status))) EXECUTE FUNCTION public.calendar_settings_changed();
CREATE TRIGGER salon_updated AFTER UPDATE ON public.salon REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.salon_write_events();
CREATE TRIGGER salon_version BEFORE UPDATE ON public.salon FOR EACH ROW EXECUTE FUNCTION public.salon_raise_version();
ALTER TABLE ONLY public.salon
    ADD CONSTRAINT salon_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(tenant_id);
CREATE POLICY calendars ON public.salon FOR SELECT TO salons_calendar USING (true);
CREATE POLICY publication ON public.salon FOR SELECT TO salons_publisher USING ((status = 'published'::text));
ALTER TABLE public.salon ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON public.salon TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.salon TO salons_tenant;
GRANT SELECT ON TABLE public.salon TO salons_publisher;
GRANT SELECT ON TABLE public.salon TO salons_calendar;

-- schedule_exception
CREATE TABLE public.schedule_exception (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    exception_id uuid DEFAULT gen_random_uuid() NOT NULL,
    staff_id uuid,
    kind text NOT NULL,
    first_date date NOT NULL,
    last_date date NOT NULL,
    start_minute smallint DEFAULT 0 NOT NULL,
    end_minute smallint DEFAULT 1440 NOT NULL,
    CONSTRAINT schedule_exception_check CHECK ((last_date >= first_date)),
    CONSTRAINT schedule_exception_check1 CHECK ((end_minute > start_minute)),
    CONSTRAINT schedule_exception_end_minute_check CHECK (((end_minute >= 1) AND (end_minute <= 2880))),
    CONSTRAINT schedule_exception_kind_check CHECK ((kind = ANY (ARRAY['closed'::text, 'open'::text]))),
    CONSTRAINT schedule_exception_start_minute_check CHECK (((start_minute >= 0) AND (start_minute <= 1439)))
);
ALTER TABLE ONLY public.schedule_exception FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.schedule_exception
    ADD CONSTRAINT schedule_exception_pkey PRIMARY KEY (tenant_id, salon_id, exception_id);
CREATE TRIGGER schedule_exception_deleted AFTER DELETE ON public.schedule_exception REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('true');
CREATE TRIGGER schedule_exception_inserted AFTER INSERT ON public.schedule_exception REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('true');
CREATE TRIGGER schedule_exception_updated AFTER UPDATE ON public.schedule_exception REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('true');
ALTER TABLE ONLY public.schedule_exception
    ADD CONSTRAINT schedule_exception_tenant_id_salon_id_fkey FOREIGN KEY (tenant_id, salon_id) REFERENCES public.calendar(tenant_id, salon_id);
ALTER TABLE ONLY public.schedule_exception
    ADD CONSTRAINT schedule_exception_tenant_id_salon_id_staff_id_fkey FOREIGN KEY (tenant_id, salon_id, staff_id) REFERENCES public.staff(tenant_id, salon_id, staff_id) ON DELETE CASCADE;
CREATE POLICY calendars ON public.schedule_exception TO salons_calendar USING (true) WITH CHECK (true);
ALTER TABLE public.schedule_exception ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON public.schedule_exception TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.schedule_exception TO salons_tenant;
GRANT SELECT ON TABLE public.schedule_exception TO salons_calendar;

-- schema_function
CREATE TABLE public.schema_function (
    file text NOT NULL,
    checksum text NOT NULL,
    objects text[] NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.schema_function
    ADD CONSTRAINT schema_function_pkey PRIMARY KEY (file);
GRANT SELECT ON TABLE public.schema_function TO salons_app;

-- schema_migration
CREATE TABLE public.schema_migration (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (number);
GRANT SELECT ON TABLE public.schema_migration TO salons_app;

-- service
CREATE TABLE public.service (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    service_id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    duration integer NOT NULL,
    buffer_before integer DEFAULT 0 NOT NULL,
    buffer_after integer DEFAULT 0 NOT NULL,
    price_amount integer,
    price_currency character(3),
    minimum_notice integer DEFAULT 0 NOT NULL,
    horizon integer DEFAULT 90 NOT NULL,
    slot_step integer DEFAULT 15 NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL,
    reference text,
    CONSTRAINT service_buffer_after_check CHECK ((((buffer_after >= 0) AND (buffer_after <= 720)) AND ((buffer_after % 5) = 0))),
    CONSTRAINT service_buffer_before_check CHECK ((((buffer_before >= 0) AND (buffer_before <= 720)) AND ((buffer_before % 5) = 0))),
    CONSTRAINT service_category_check CHECK ((category ~ '^[a-z]+(_[a-z]+)*$'::text)),
    CONSTRAINT service_check CHECK (((price_amount IS NULL) = (price_currency IS NULL))),
    CONSTRAINT service_duration_check CHECK ((((duration >= 5) AND (duration <= 2880)) AND ((duration % 5) = 0))),
    CONSTRAINT service_horizon_check CHECK (((horizon >= 1) AND (horizon <= 730))),
    CONSTRAINT service_minimum_notice_check CHECK (((minimum_notice >= 0) AND (minimum_notice <= 43200))),
    CONSTRAINT service_name_check CHECK ((name <> ''::text)),
    CONSTRAINT service_price_amount_check CHECK ((price_amount >= 0)),
    CONSTRAINT service_price_currency_check CHECK ((price_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT service_reference_check CHECK (((reference <> ''::text) AND (length(reference) <= 200))),
    CONSTRAINT service_slot_step_check CHECK ((((slot_step >= 5) AND (slot_step <= 1440)) AND ((slot_step % 5) = 0)))
);
ALTER TABLE ONLY public.service FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_pkey PRIMARY KEY (tenant_id, salon_id, service_id);
CREATE UNIQUE INDEX service_reference ON public.service USING btree (tenant_id, salon_id, reference) WHERE (reference IS NOT NULL);
CREATE TRIGGER service_deleted AFTER DELETE ON public.service REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('false');
CREATE TRIGGER service_inserted AFTER INSERT ON public.service REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('false');
CREATE TRIGGER service_name BEFORE INSERT OR UPDATE OF name ON public.service FOR EACH ROW WHEN ((NOT public.is_visible_text(new.name, 200))) EXECUTE FUNCTION public.refuse_text();
CREATE TRIGGER service_updated AFTER UPDATE ON public.service REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('false');
ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_tenant_id_salon_id_fkey FOREIGN KEY (tenant_id, salon_id) REFERENCES public.calendar(tenant_id, salon_id);
CREATE POLICY calendars ON public.service TO salons_calendar USING (true) WITH CHECK (true);
ALTER TABLE public.service ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON public.service TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service TO salons_tenant;
GRANT SELECT ON TABLE public.service TO salons_calendar;

-- spatial_ref_sys
REVOKE SELECT ON TABLE public.spatial_ref_sys FROM PUBLIC;
GRANT SELECT ON TABLE public.spatial_ref_sys TO salons_tenant;
GRANT SELECT ON TABLE public.spatial_ref_sys TO salons_marketplace;
GRANT SELECT ON TABLE public.spatial_ref_sys TO salons_feed;
GRANT SELECT ON TABLE public.spatial_ref_sys TO salons_publisher;

-- staff
CREATE TABLE public.staff (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    staff_id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL,
    availability_epoch bigint DEFAULT 1 NOT NULL,
    reference text,
    CONSTRAINT staff_name_check CHECK ((name <> ''::text)),
    CONSTRAINT staff_reference_check CHECK (((reference <> ''::text) AND (length(reference) <= 200)))
)
WITH (fillfactor='70');
ALTER TABLE ONLY public.staff FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (tenant_id, salon_id, staff_id);
CREATE INDEX staff_person ON public.staff USING btree (staff_id);
CREATE UNIQUE INDEX staff_reference ON public.staff USING btree (tenant_id, salon_id, reference) WHERE (reference IS NOT NULL);
CREATE TRIGGER staff_deleted AFTER DELETE ON public.staff REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('false');
CREATE TRIGGER staff_epoch BEFORE INSERT OR UPDATE OF tenant_id, staff_id ON public.staff FOR EACH ROW EXECUTE FUNCTION public.staff_take_epoch();
CREATE TRIGGER staff_inserted AFTER INSERT ON public.staff REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('false');
CREATE TRIGGER staff_name BEFORE INSERT OR UPDATE OF name ON public.staff FOR EACH ROW WHEN ((NOT public.is_visible_text(new.name, 200))) EXECUTE FUNCTION public.refuse_text();
CREATE TRIGGER staff_updated AFTER UPDATE ON public.staff FOR EACH ROW WHEN (((old.name <> new.name) OR (old.sort_order <> new.sort_order))) EXECUTE FUNCTION public.staff_renamed();
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_tenant_id_salon_id_fkey FOREIGN KEY (tenant_id, salon_id) REFERENCES public.calendar(tenant_id, salon_id);
CREATE POLICY calendars ON public.staff TO salons_calendar USING (true) WITH CHECK (true);
ALTER TABLE public.staff ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON public.staff TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff TO salons_tenant;
GRANT SELECT ON TABLE public.staff TO salons_calendar;
GRANT UPDATE(availability_epoch) ON TABLE public.staff TO salons_calendar;

-- staff_service
CREATE TABLE public.staff_service (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    service_id uuid NOT NULL,
    duration integer,
    price_amount integer,
    price_currency character(3),
    CONSTRAINT staff_service_check CHECK (((price_amount IS NULL) = (price_currency IS NULL))),
    CONSTRAINT staff_service_duration_check CHECK ((((duration >= 5) AND (duration <= 2880)) AND ((duration % 5) = 0))),
    CONSTRAINT staff_service_price_amount_check CHECK ((price_amount >= 0)),
    CONSTRAINT staff_service_price_currency_check CHECK ((price_currency ~ '^[A-Z]{3}$'::text))
);
ALTER TABLE ONLY public.staff_service FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.staff_service
    ADD CONSTRAINT staff_service_pkey PRIMARY KEY (tenant_id, salon_id, staff_id, service_id);
CREATE TRIGGER staff_service_deleted AFTER DELETE ON public.staff_service REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('false');
CREATE TRIGGER staff_service_inserted AFTER INSERT ON public.staff_service REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('false');
CREATE TRIGGER staff_service_updated AFTER UPDATE ON public.staff_service REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('false');
ALTER TABLE ONLY public.staff_service
    ADD CONSTRAINT staff_service_tenant_id_salon_id_service_id_fkey FOREIGN KEY (tenant_id, salon_id, service_id) REFERENCES public.service(tenant_id, salon_id, service_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.staff_service
    ADD CONSTRAINT staff_service_tenant_id_salon_id_staff_id_fkey FOREIGN KEY (tenant_id, salon_id, staff_id) REFERENCES public.staff(tenant_id, salon_id, staff_id) ON DELETE CASCADE;
CREATE POLICY calendars ON public.staff_service TO salons_calendar USING (true) WITH CHECK (true);
ALTER TABLE public.staff_service ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON public.staff_service TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_service TO salons_tenant;
GRANT SELECT ON TABLE public.staff_service TO salons_calendar;

-- tenant
CREATE TABLE public.tenant (
    tenant_id uuid DEFAULT gen_random_uuid() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    country character(2) NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenant_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT tenant_name_check CHECK ((name <> ''::text)),
    CONSTRAINT tenant_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 63)))
);
ALTER TABLE ONLY public.tenant FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_slug_unique UNIQUE (slug);
CREATE TRIGGER tenant_name BEFORE INSERT OR UPDATE OF name ON public.tenant FOR EACH ROW WHEN ((NOT public.is_visible_text(new.name, 200))) EXECUTE FUNCTION public.refuse_text();
CREATE POLICY calendars ON public.tenant FOR SELECT TO salons_calendar USING (true);
ALTER TABLE public.tenant ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_administration ON public.tenant TO salons_platform USING (true) WITH CHECK (true);
CREATE POLICY tenant_isolation ON public.tenant TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
CREATE POLICY tenant_publication ON public.tenant FOR SELECT TO salons_publisher USING (true);
GRANT SELECT ON TABLE public.tenant TO salons_tenant;
GRANT SELECT ON TABLE public.tenant TO salons_publisher;
GRANT SELECT ON TABLE public.tenant TO salons_calendar;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tenant TO salons_platform;

-- working_hours
CREATE TABLE public.working_hours (
    tenant_id uuid NOT NULL,
    salon_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    working_hours_id uuid DEFAULT gen_random_uuid() NOT NULL,
    weekday smallint NOT NULL,
    start_minute smallint NOT NULL,
    end_minute smallint NOT NULL,
    valid_from date,
    valid_to date,
    CONSTRAINT working_hours_check CHECK ((end_minute > start_minute)),
    CONSTRAINT working_hours_check1 CHECK ((valid_to >= valid_from)),
    CONSTRAINT working_hours_end_minute_check CHECK (((end_minute >= 1) AND (end_minute <= 2880))),
    CONSTRAINT working_hours_start_minute_check CHECK (((start_minute >= 0) AND (start_minute <= 1439))),
    CONSTRAINT working_hours_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
);
ALTER TABLE ONLY public.working_hours FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.working_hours
    ADD CONSTRAINT working_hours_pkey PRIMARY KEY (tenant_id, salon_id, staff_id, working_hours_id);
CREATE TRIGGER working_hours_deleted AFTER DELETE ON public.working_hours REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('true');
CREATE TRIGGER working_hours_inserted AFTER INSERT ON public.working_hours REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('true');
CREATE TRIGGER working_hours_updated AFTER UPDATE ON public.working_hours REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.calendar_part_changed('true');
ALTER TABLE ONLY public.working_hours
    ADD CONSTRAINT working_hours_tenant_id_salon_id_staff_id_fkey FOREIGN KEY (tenant_id, salon_id, staff_id) REFERENCES public.staff(tenant_id, salon_id, staff_id) ON DELETE CASCADE;
CREATE POLICY calendars ON public.working_hours TO salons_calendar USING (true) WITH CHECK (true);
CREATE POLICY tenant_isolation ON public.working_hours TO salons_tenant USING ((tenant_id = public.current_tenant())) WITH CHECK ((tenant_id = public.current_tenant()));
ALTER TABLE public.working_hours ENABLE ROW LEVEL SECURITY;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.working_hours TO salons_tenant;
GRANT SELECT ON TABLE public.working_hours TO salons_calendar;

-- functions
ALTER FUNCTION public.append_audit(txids xid8[], ids bigint[]) OWNER TO salons_auditor;
ALTER FUNCTION public.booking_tenant(sought uuid) OWNER TO salons_calendar;
ALTER FUNCTION public.calendar_part_changed() OWNER TO salons_calendar;
ALTER FUNCTION public.calendar_settings_changed() OWNER TO salons_calendar;
ALTER FUNCTION public.expire_holds(persons uuid[], ranges tstzrange[]) OWNER TO salons_calendar;
ALTER FUNCTION public.free_plans(plans integer[], persons uuid[], ranges tstzrange[], day tstzrange, except_booking uuid) OWNER TO salons_calendar;
ALTER FUNCTION public.lock_slots(persons uuid[], ranges tstzrange[]) OWNER TO salons_calendar;
ALTER FUNCTION public.lock_staff(persons uuid[], exclusively boolean) OWNER TO salons_calendar;
ALTER FUNCTION public.raise_all_epochs(persons uuid[]) OWNER TO salons_calendar;
ALTER FUNCTION public.raise_epochs(persons uuid[]) OWNER TO salons_calendar;
ALTER FUNCTION public.raise_revisions(tenant uuid, salons uuid[], working_time boolean) OWNER TO salons_calendar;
ALTER FUNCTION public.read_busy(salons uuid[], persons uuid[], span tstzrange) OWNER TO salons_calendar;
ALTER FUNCTION public.read_calendars(salons uuid[]) OWNER TO salons_calendar;
ALTER FUNCTION public.read_exceptions(salons uuid[]) OWNER TO salons_calendar;
ALTER FUNCTION public.read_services(salons uuid[]) OWNER TO salons_calendar;
ALTER FUNCTION public.read_skills(salons uuid[]) OWNER TO salons_calendar;
ALTER FUNCTION public.read_staff(salons uuid[]) OWNER TO salons_calendar;
ALTER FUNCTION public.read_working_hours(salons uuid[]) OWNER TO salons_calendar;
ALTER FUNCTION public.readable_calendars(salons uuid[]) OWNER TO salons_calendar;
ALTER FUNCTION public.staff_renamed() OWNER TO salons_calendar;
ALTER FUNCTION public.staff_take_epoch() OWNER TO salons_calendar;
ALTER FUNCTION public.sweep_holds(at_most integer) OWNER TO salons_calendar;
ALTER FUNCTION public.taken_steps(persons uuid[], ranges tstzrange[], except_booking uuid) OWNER TO salons_calendar;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_lock(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_lock(integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_lock_shared(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_lock_shared(integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock(integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock_all() FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock_shared(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock_shared(integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(bigint) TO salons_calendar;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(integer, integer) TO salons_calendar;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock_shared(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock_shared(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock_shared(integer, integer) TO salons_calendar;
REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_lock(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_lock(integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_lock_shared(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_lock_shared(integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock(integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock_shared(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock_shared(integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.append_audit(txids xid8[], ids bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.append_audit(txids xid8[], ids bigint[]) TO salons_events;
REVOKE ALL ON FUNCTION public.audit_hash(before bytea, n bigint, incarnation integer, event_id bigint, kind text, subject uuid, revision bigint, payload jsonb, written_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.audit_hash(before bytea, n bigint, incarnation integer, event_id bigint, kind text, subject uuid, revision bigint, payload jsonb, written_at timestamp with time zone) TO salons_auditor;
REVOKE ALL ON FUNCTION public.audit_is_append_only() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.booking_tenant(sought uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.booking_tenant(sought uuid) TO salons_marketplace;
REVOKE ALL ON FUNCTION public.calendar_part_changed() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.calendar_settings_changed() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.claim_jobs(kinds text[], at_most integer, last_turn uuid, present timestamp with time zone, lease_seconds double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_jobs(kinds text[], at_most integer, last_turn uuid, present timestamp with time zone, lease_seconds double precision) TO salons_jobs;
REVOKE ALL ON FUNCTION public.expire_holds(persons uuid[], ranges tstzrange[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.expire_holds(persons uuid[], ranges tstzrange[]) TO salons_tenant;
REVOKE ALL ON FUNCTION public.free_plans(plans integer[], persons uuid[], ranges tstzrange[], day tstzrange, except_booking uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.free_plans(plans integer[], persons uuid[], ranges tstzrange[], day tstzrange, except_booking uuid) TO salons_tenant;
REVOKE ALL ON FUNCTION public.lock_slots(persons uuid[], ranges tstzrange[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.lock_slots(persons uuid[], ranges tstzrange[]) TO salons_tenant;
REVOKE ALL ON FUNCTION public.lock_staff(persons uuid[], exclusively boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.lock_staff(persons uuid[], exclusively boolean) TO salons_tenant;
REVOKE ALL ON FUNCTION public.make_definer_function(made regprocedure, VARIADIC callers text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.make_tenant_table(made regclass, tenant_may text, calendars_may text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.mark_attendance(request_key text, request_fingerprint bytea, marked uuid, seen_version bigint, was_there boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mark_attendance(request_key text, request_fingerprint bytea, marked uuid, seen_version bigint, was_there boolean) TO salons_tenant;
REVOKE ALL ON FUNCTION public.occupancy_of_staff() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.raise_all_epochs(persons uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.raise_epochs(persons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.raise_epochs(persons uuid[]) TO salons_tenant;
REVOKE ALL ON FUNCTION public.raise_revisions(tenant uuid, salons uuid[], working_time boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.read_busy(salons uuid[], persons uuid[], span tstzrange) FROM PUBLIC;
GRANT ALL ON FUNCTION public.read_busy(salons uuid[], persons uuid[], span tstzrange) TO salons_tenant;
GRANT ALL ON FUNCTION public.read_busy(salons uuid[], persons uuid[], span tstzrange) TO salons_marketplace;
REVOKE ALL ON FUNCTION public.read_calendars(salons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.read_calendars(salons uuid[]) TO salons_tenant;
GRANT ALL ON FUNCTION public.read_calendars(salons uuid[]) TO salons_marketplace;
REVOKE ALL ON FUNCTION public.read_exceptions(salons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.read_exceptions(salons uuid[]) TO salons_tenant;
GRANT ALL ON FUNCTION public.read_exceptions(salons uuid[]) TO salons_marketplace;
REVOKE ALL ON FUNCTION public.read_services(salons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.read_services(salons uuid[]) TO salons_tenant;
GRANT ALL ON FUNCTION public.read_services(salons uuid[]) TO salons_marketplace;
REVOKE ALL ON FUNCTION public.read_skills(salons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.read_skills(salons uuid[]) TO salons_tenant;
GRANT ALL ON FUNCTION public.read_skills(salons uuid[]) TO salons_marketplace;
REVOKE ALL ON FUNCTION public.read_staff(salons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.read_staff(salons uuid[]) TO salons_tenant;
GRANT ALL ON FUNCTION public.read_staff(salons uuid[]) TO salons_marketplace;
REVOKE ALL ON FUNCTION public.read_working_hours(salons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.read_working_hours(salons uuid[]) TO salons_tenant;
GRANT ALL ON FUNCTION public.read_working_hours(salons uuid[]) TO salons_marketplace;
REVOKE ALL ON FUNCTION public.readable_calendars(salons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.readable_calendars(salons uuid[]) TO salons_tenant;
GRANT ALL ON FUNCTION public.readable_calendars(salons uuid[]) TO salons_marketplace;
REVOKE ALL ON FUNCTION public.refuse_text() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.salon_raise_version() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.salon_write_events() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.settle_incarnation() FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_incarnation() TO salons_events;
REVOKE ALL ON FUNCTION public.staff_renamed() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.staff_take_epoch() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.sweep_holds(at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sweep_holds(at_most integer) TO salons_platform;
REVOKE ALL ON FUNCTION public.taken_steps(persons uuid[], ranges tstzrange[], except_booking uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.taken_steps(persons uuid[], ranges tstzrange[], except_booking uuid) TO salons_tenant;
REVOKE ALL ON FUNCTION public.tell_booking(kind text, told uuid, before_status text, before_start timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tell_booking(kind text, told uuid, before_status text, before_start timestamp with time zone) TO salons_tenant;
GRANT ALL ON FUNCTION public.tell_booking(kind text, told uuid, before_status text, before_start timestamp with time zone) TO salons_calendar;
