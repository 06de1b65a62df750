-- The name that a calendar file gives a service or a person inside a salon, so that applying the file again changes what
-- is there instead of adding it a second time.
ALTER TABLE service ADD COLUMN reference text CHECK (reference <> '' AND length(reference) <= 200);
CREATE UNIQUE INDEX service_reference ON service (tenant_id, salon_id, reference) WHERE reference IS NOT NULL;
ALTER TABLE staff ADD COLUMN reference text CHECK (reference <> '' AND length(reference) <= 200);
CREATE UNIQUE INDEX staff_reference ON staff (tenant_id, salon_id, reference) WHERE reference IS NOT NULL;
