-- Bayesian mean in thousandths of a star with a prior of ten ratings of 4.2; 0 for an unrated salon. The same integer
-- arithmetic as Salons.Rating.quality.
CREATE OR REPLACE FUNCTION quality(tenths smallint, count integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN tenths IS NULL THEN 0
    ELSE ((tenths * 100::bigint * count + 42000) / (count::bigint + 10))::integer
END;
