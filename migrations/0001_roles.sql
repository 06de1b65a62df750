-- salons_app          what the service's connections are until a scope is opened: it can read nothing
-- salons_tenant       one tenant's rows, by row-level security
-- salons_marketplace  the view of published salons, and nothing else
-- salons_feed         positions of the outbox and the published salons, for the directory
-- salons_platform     tenants and their credentials
-- salons_publisher    owns the view of published salons; nobody works as it
-- salons_calendar     owns the functions that see the calendars of all tenants, because a person may work for two of
--                     them and a customer searches all; nobody works as it

-- Roles are of the whole cluster, and several databases of one cluster may be migrated at the same time, so each is
-- created by whoever comes first.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'salons_app', 'salons_tenant', 'salons_marketplace', 'salons_feed', 'salons_platform', 'salons_publisher',
        'salons_calendar'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT NOBYPASSRLS', name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
    END LOOP;
    -- Concurrent grants to one role can fail on its catalogue row; that the membership exists is all that matters.
    FOREACH name IN ARRAY ARRAY['salons_tenant', 'salons_marketplace', 'salons_feed', 'salons_platform'] LOOP
        IF NOT pg_has_role('salons_app', name, 'MEMBER') THEN
            BEGIN
                EXECUTE format('GRANT %I TO salons_app', name);
            EXCEPTION WHEN unique_violation OR internal_error THEN
                NULL;
            END;
        END IF;
    END LOOP;
    FOREACH name IN ARRAY ARRAY['salons_app', 'salons_publisher', 'salons_calendar'] LOOP
        IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
            BEGIN
                EXECUTE format('GRANT %I TO %I', name, current_user);
            EXCEPTION WHEN unique_violation OR internal_error THEN
                NULL;
            END;
        END IF;
    END LOOP;
END
$$;

CREATE EXTENSION IF NOT EXISTS postgis;
-- For the constraint against overlaps, which compares a person and a range in one GiST index.
CREATE EXTENSION IF NOT EXISTS btree_gist;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public
    TO salons_tenant, salons_marketplace, salons_feed, salons_platform, salons_publisher, salons_calendar;
GRANT SELECT ON spatial_ref_sys TO salons_tenant, salons_marketplace, salons_feed, salons_publisher;
-- The service refuses to start on a schema that is older than itself.
GRANT SELECT ON schema_migration, schema_function TO salons_app;

-- Whoever holds the advisory lock of a slot keeps everybody from booking it, whatever tenant they are of. So nobody
-- takes any in plain SQL, only salons_calendar does in the functions that reservations lock with.
DO $$
DECLARE
    locking regprocedure;
BEGIN
    FOR locking IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', locking);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION pg_advisory_xact_lock(bigint), pg_advisory_xact_lock(integer, integer),
    pg_advisory_xact_lock_shared(integer, integer) TO salons_calendar;

-- Gives a function to salons_calendar, with whose rights it works from then on, and lets these roles call it and nobody
-- else. Whoever called it before and is not named may not any more.
CREATE FUNCTION make_definer_function(made regprocedure, VARIADIC callers text[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_proc WHERE oid = made AND prosecdef AND 'search_path=public, pg_temp' = ANY (proconfig)
    ) THEN
        RAISE EXCEPTION '% must be SECURITY DEFINER SET search_path = public, pg_temp', made
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    -- A new owner must be allowed to create in the schema.
    GRANT CREATE ON SCHEMA public TO salons_calendar;
    EXECUTE format('ALTER FUNCTION %s OWNER TO salons_calendar', made);
    REVOKE CREATE ON SCHEMA public FROM salons_calendar;
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made);
    FOR name IN
        SELECT DISTINCT r.rolname FROM pg_proc p, aclexplode(p.proacl) AS a JOIN pg_roles r ON r.oid = a.grantee
        WHERE p.oid = made AND r.rolname <> 'salons_calendar'
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM %I', made, name);
    END LOOP;
    FOREACH name IN ARRAY callers LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', made, name);
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION make_definer_function FROM PUBLIC;
