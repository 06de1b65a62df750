-- Roles are of the whole cluster, and several databases of one cluster may be migrated at the same time, so each is
-- created by whoever comes first.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'salons_app', 'salons_tenant', 'salons_marketplace', 'salons_feed', 'salons_platform', 'salons_publisher'
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
    FOREACH name IN ARRAY ARRAY['salons_app', 'salons_publisher'] LOOP
        IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', name, current_user);
        END IF;
    END LOOP;
END
$$;

-- salons_app          what the service's connections are until a scope is opened: it can read nothing
-- salons_tenant       one tenant's rows, by row-level security
-- salons_marketplace  the view of published salons, and nothing else
-- salons_feed         positions of the outbox and the published salons, for the directory
-- salons_platform     tenants and their credentials
-- salons_publisher    owns the view of published salons; nobody works as it

CREATE EXTENSION IF NOT EXISTS postgis;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO salons_tenant, salons_marketplace, salons_feed, salons_platform, salons_publisher;
GRANT SELECT ON spatial_ref_sys TO salons_tenant, salons_marketplace, salons_feed, salons_publisher;
-- The service refuses to start on a schema that is older than itself.
GRANT SELECT ON schema_migration, schema_function TO salons_app;
