-- salons_jobs  works at jobs, for the platform; what it does for a tenant it does in that tenant's scope
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'salons_jobs') THEN
        BEGIN
            CREATE ROLE salons_jobs NOLOGIN NOINHERIT NOBYPASSRLS;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    IF NOT pg_has_role('salons_app', 'salons_jobs', 'MEMBER') THEN
        BEGIN
            GRANT salons_jobs TO salons_app;
        EXCEPTION WHEN unique_violation OR internal_error THEN
            NULL;
        END;
    END IF;
END
$$;
GRANT USAGE ON SCHEMA public TO salons_jobs;

-- What is to be done, and when. A worker takes a job for a while (the lease), commits, works, and then says under the
-- lease's number what came of it: the transaction that takes a job is over before the work begins, since an open one
-- would hold back all followers of events. What is done is removed.
CREATE TABLE job (
    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    -- Whose; null for the platform's own.
    tenant_id uuid REFERENCES tenant,
    -- Whose turn it is when jobs are handed out; the platform's comes last.
    turn uuid NOT NULL GENERATED ALWAYS AS (coalesce(tenant_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff')) STORED,
    kind text NOT NULL CHECK (kind ~ '^[a-z]+([._][a-z]+)*$'),
    -- No personal data: who works reads it where it stands.
    arguments jsonb NOT NULL,
    -- Of the jobs of a tenant and a kind that have the same, one is open.
    dedupe text,
    -- 0 is handed out before 1, and so on.
    priority smallint NOT NULL CHECK (priority BETWEEN 0 AND 3),
    state text NOT NULL CHECK (state IN ('scheduled', 'ready', 'running', 'dead', 'cancelled')),
    run_at timestamptz NOT NULL,
    attempt integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL CHECK (max_attempts > 0),
    -- The fencing token: a number of which there is never a second. Null unless it runs.
    lease bigint,
    leased_until timestamptz,
    -- What was thrown last; no personal data.
    error text,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CHECK ((state = 'running') = (lease IS NOT NULL AND leased_until IS NOT NULL)),
    CHECK ((state IN ('dead', 'cancelled')) = (finished_at IS NOT NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
CREATE SEQUENCE job_lease;
CREATE UNIQUE INDEX job_open ON job (turn, kind, dedupe) WHERE state IN ('scheduled', 'ready', 'running');
CREATE INDEX job_ready ON job (priority, turn, run_at, id) WHERE state = 'ready';
CREATE INDEX job_scheduled ON job (run_at) WHERE state = 'scheduled';
CREATE INDEX job_leased ON job (leased_until) WHERE state = 'running';
CREATE INDEX job_over ON job (finished_at) WHERE state IN ('dead', 'cancelled');

-- When each periodic job is to be made next.
CREATE TABLE periodic_job (
    kind text PRIMARY KEY,
    next_at timestamptz NOT NULL
);

-- Kinds of which none is handed out until an operator resumes them.
CREATE TABLE paused_job_kind (
    kind text PRIMARY KEY,
    paused_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON job, periodic_job, paused_job_kind TO salons_jobs;
GRANT USAGE ON SEQUENCE job_lease TO salons_jobs;
