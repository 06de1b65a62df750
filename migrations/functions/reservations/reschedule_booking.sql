-- Moves a booking to the first plan that can be had. A plan has as many steps as the booking, in their order.
CREATE OR REPLACE FUNCTION reschedule_booking(
    request_key text, request_fingerprint bytea, is_final boolean, moved uuid, seen_version bigint, salon uuid,
    seen_revision bigint, day tstzrange, plans integer[], persons uuid[], services uuid[], ranges tstzrange[],
    starts timestamptz[], ends timestamptz[], amounts integer[], currencies text[], deadlines timestamptz[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    given jsonb;
    chosen integer;
    mine integer[];
BEGIN
    given := claim_key(request_key, request_fingerprint);
    IF given IS NOT NULL THEN RETURN given; END IF;
    IF plans[1] = plans[cardinality(plans)] THEN
        given := move_to_plan(moved, seen_version, salon, seen_revision, persons, services, ranges, starts, ends,
            amounts, currencies, deadlines);
    ELSE
        given := coalesce(salon_refusal(salon, seen_revision), '{"outcome": "slot-taken"}');
        FOR chosen IN SELECT * FROM free_plans(plans, persons, ranges, day, moved) LOOP
            mine := array_positions(plans, chosen);
            BEGIN
                given := move_to_plan(moved, seen_version, salon, seen_revision,
                    ARRAY(SELECT persons[i] FROM unnest(mine) AS i), ARRAY(SELECT services[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT ranges[i] FROM unnest(mine) AS i), ARRAY(SELECT starts[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT ends[i] FROM unnest(mine) AS i), ARRAY(SELECT amounts[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT currencies[i] FROM unnest(mine) AS i),
                    ARRAY(SELECT deadlines[i] FROM unnest(mine) AS i));
                IF given ->> 'outcome' = 'slot-taken' THEN
                    RAISE EXCEPTION USING ERRCODE = 'SD001', MESSAGE = 'the plan was lost';
                END IF;
                EXIT;
            EXCEPTION WHEN SQLSTATE 'SD001' THEN
                NULL;
            END;
        END LOOP;
    END IF;
    given := coalesce(given, jsonb_build_object('outcome', 'ok', 'bookings', describe_bookings(ARRAY[moved])));
    RETURN keep_answer(request_key, given, is_final);
END
$$;
