-- In whose name a transaction acts: the tenant itself, which the command line says, or a customer, as everybody else
-- is, also one who comes with a tenant's key or by its host. A customer sees and books what is published.
CREATE OR REPLACE FUNCTION is_operator() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('app.actor', true) = 'operator', false);
