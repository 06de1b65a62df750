-- Holds or books. The arrays describe steps; steps of one number are one booking, those of one plan are taken together,
-- and plans are tried until one can be had. Everything of this happens in the caller's transaction, which it should end
-- in the same round trip.
CREATE OR REPLACE FUNCTION reserve(
    request_key text, request_fingerprint bytea, is_final boolean, salon uuid, seen_revision bigint, hold_for interval,
    series uuid, booking_ids uuid[], day tstzrange, plans integer[], numbers integer[], persons uuid[],
    services uuid[], ranges tstzrange[], starts timestamptz[], ends timestamptz[], amounts integer[],
    currencies text[], deadlines timestamptz[], name text, email text, phone text
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    given jsonb;
    chosen integer;
    mine integer[];
BEGIN
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    -- What is plainly taken is refused before any lock, so that a crowd which wants one time does not wait in line for
    -- it.
    IF plans[1] = plans[cardinality(plans)] AND EXISTS (SELECT FROM free_plans(plans, persons, ranges, NULL, NULL)) THEN
        given := take_plan(salon, seen_revision, hold_for, series, booking_ids, numbers, persons, services, ranges,
            starts, ends, amounts, currencies, deadlines, name, email, phone);
    ELSE
        -- What is said where no plan is tried.
        given := coalesce(salon_refusal(salon, seen_revision), '{"outcome": "slot-taken"}');
        FOR chosen IN SELECT * FROM free_plans(plans, persons, ranges, day, NULL) LOOP
            mine := array_positions(plans, chosen);
            BEGIN
                given := take_plan(salon, seen_revision, hold_for, series, booking_ids,
                    ARRAY(SELECT numbers[i] FROM unnest(mine) AS i), ARRAY(SELECT persons[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT services[i] FROM unnest(mine) AS i), ARRAY(SELECT ranges[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT starts[i] FROM unnest(mine) AS i), ARRAY(SELECT ends[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT amounts[i] FROM unnest(mine) AS i), ARRAY(SELECT currencies[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT deadlines[i] FROM unnest(mine) AS i), name, email, phone);
                IF given ->> 'outcome' = 'slot-taken' THEN
                    -- Gives the plan's locks back, so that the next plan's are again taken in ascending order.
                    RAISE EXCEPTION USING ERRCODE = 'SD001', MESSAGE = 'the plan was lost';
                END IF;
                EXIT;
            EXCEPTION WHEN SQLSTATE 'SD001' THEN
                NULL;
            END;
        END LOOP;
    END IF;
    given := coalesce(given, jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(booking_ids)));
    RETURN keep_answer(request_key, given, is_final);
END
$$;
