-- Whose booking it is. An identifier of 122 random bits is what its customer shows instead of an account. A tenant
-- looks its bookings up by row-level security; only a customer without one comes with nothing but an identifier.
CREATE OR REPLACE FUNCTION booking_tenant(sought uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$ SELECT tenant_id FROM booking WHERE booking_id = sought $$;
SELECT make_definer_function('booking_tenant(uuid)', 'salons_marketplace');
