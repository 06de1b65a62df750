-- What a search reads of calendars: of published salons for everyone, of a tenant's own for itself; never who the
-- customer is. Functions rather than views, so that they are planned once a connection and take a list of salons: a few,
-- for which whole tables must not be read, as they are (measured: 5 ms of working hours) when the planner thinks of more.
CREATE FUNCTION readable_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.tenant_id', true), '')::uuid;

CREATE FUNCTION readable_calendars(salons uuid[])
RETURNS TABLE (tenant_id uuid, salon_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT s.tenant_id, s.salon_id FROM salon s
    WHERE s.salon_id = ANY (salons) AND s.status = 'published'
    UNION SELECT s.tenant_id, s.salon_id FROM salon s
    WHERE s.tenant_id = readable_tenant() AND s.salon_id = ANY (salons);
END
$$;

CREATE FUNCTION read_calendars(salons uuid[])
RETURNS TABLE (
    tenant_id uuid, salon_id uuid, revision bigint, closed_on_holidays boolean, cancellation_window integer,
    time_zone text, country text, opening_hours text
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT c.tenant_id, c.salon_id, c.revision, c.closed_on_holidays, c.cancellation_window, s.time_zone,
        coalesce(s.country, t.country)::text, s.opening_hours
    FROM readable_calendars(salons) r
        JOIN calendar c ON c.tenant_id = r.tenant_id AND c.salon_id = r.salon_id
        JOIN salon s ON s.tenant_id = r.tenant_id AND s.salon_id = r.salon_id
        JOIN tenant t ON t.tenant_id = r.tenant_id;
END
$$;

CREATE FUNCTION read_staff(salons uuid[])
RETURNS TABLE (salon_id uuid, staff_id uuid, name text, availability_epoch bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT f.salon_id, f.staff_id, f.name, f.availability_epoch
    FROM readable_calendars(salons) r JOIN staff f ON f.tenant_id = r.tenant_id AND f.salon_id = r.salon_id
    ORDER BY f.salon_id, f.sort_order, f.staff_id;
END
$$;

CREATE FUNCTION read_services(salons uuid[])
RETURNS TABLE (
    salon_id uuid, service_id uuid, name text, category text, duration integer, buffer_before integer,
    buffer_after integer, price_amount integer, price_currency text, minimum_notice integer, horizon integer,
    slot_step integer
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT v.salon_id, v.service_id, v.name, v.category, v.duration, v.buffer_before, v.buffer_after,
        v.price_amount, v.price_currency::text, v.minimum_notice, v.horizon, v.slot_step
    FROM readable_calendars(salons) r JOIN service v ON v.tenant_id = r.tenant_id AND v.salon_id = r.salon_id
    ORDER BY v.salon_id, v.sort_order, v.service_id;
END
$$;

CREATE FUNCTION read_skills(salons uuid[])
RETURNS TABLE (
    salon_id uuid, staff_id uuid, service_id uuid, duration integer, price_amount integer, price_currency text
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 400 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT k.salon_id, k.staff_id, k.service_id, k.duration, k.price_amount, k.price_currency::text
    FROM readable_calendars(salons) r JOIN staff_service k ON k.tenant_id = r.tenant_id AND k.salon_id = r.salon_id;
END
$$;

CREATE FUNCTION read_working_hours(salons uuid[])
RETURNS TABLE (
    salon_id uuid, staff_id uuid, weekday smallint, start_minute smallint, end_minute smallint, valid_from date,
    valid_to date
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT h.salon_id, h.staff_id, h.weekday, h.start_minute, h.end_minute, h.valid_from, h.valid_to
    FROM readable_calendars(salons) r JOIN working_hours h ON h.tenant_id = r.tenant_id AND h.salon_id = r.salon_id;
END
$$;

-- Exceptions that are not over; a day more than any zone's.
CREATE FUNCTION read_exceptions(salons uuid[])
RETURNS TABLE (
    salon_id uuid, staff_id uuid, kind text, first_date date, last_date date, start_minute smallint, end_minute smallint
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT e.salon_id, e.staff_id, e.kind, e.first_date, e.last_date, e.start_minute, e.end_minute
    FROM readable_calendars(salons) r
        JOIN schedule_exception e ON e.tenant_id = r.tenant_id AND e.salon_id = r.salon_id
    WHERE e.last_date >= current_date - 3
    ORDER BY e.salon_id, e.exception_id;
END
$$;

-- When people who work in these salons are taken, anywhere; of all of them when no persons are named. A hold that is over and not yet swept takes no time.
CREATE FUNCTION read_busy(salons uuid[], persons uuid[], span tstzrange)
RETURNS TABLE (staff_id uuid, during tstzrange) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT o.staff_id, o.during
    FROM (SELECT DISTINCT f.staff_id FROM readable_calendars(salons) r
            JOIN staff f ON f.tenant_id = r.tenant_id AND f.salon_id = r.salon_id
            WHERE persons IS NULL OR f.staff_id = ANY (persons)) AS person
        JOIN occupancy o ON o.staff_id = person.staff_id AND o.during && span AND o.live
    WHERE NOT (o.kind = 'hold' AND o.expires_at <= clock_timestamp())
    ORDER BY 1, 2;
END
$$;

GRANT SELECT ON tenant TO salons_calendar;
CREATE POLICY calendars ON tenant FOR SELECT TO salons_calendar USING (true);
GRANT CREATE ON SCHEMA public TO salons_calendar;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['readable_calendars', 'read_calendars', 'read_staff', 'read_services', 'read_skills',
        'read_working_hours', 'read_exceptions', 'read_busy'] LOOP
        EXECUTE format('ALTER FUNCTION %I OWNER TO salons_calendar', name);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO salons_calendar, salons_tenant, salons_marketplace', name);
    END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA public FROM salons_calendar;

-- The directory and the calendars each follow their own kinds of events; bookings write many of the others.
CREATE INDEX outbox_salons ON outbox (txid, id) WHERE kind IN ('salon.changed', 'salon.deleted');
CREATE INDEX outbox_calendars ON outbox (txid, id)
    WHERE kind IN ('availability.changed', 'calendar.changed', 'salon.deleted');
