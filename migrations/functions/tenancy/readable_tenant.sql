-- The tenant of this transaction, or null in one of the marketplace.
CREATE OR REPLACE FUNCTION readable_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.tenant_id', true), '')::uuid;
