-- Whether a text can be read: not too many code points, no control characters (C0, C1, separators of lines and
-- paragraphs, those that change the direction of text), and something that can be seen. As `VisibleText` in Swift has
-- it, which says what is wrong; this is the last line behind it.
CREATE OR REPLACE FUNCTION is_visible_text(content text, code_points integer) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN length(content) <= code_points
    AND content !~ U&'[\0001-\001F\007F-\009F\061C\200E\200F\2028-\202E\2066-\2069]'
    AND content ~ U&'[^ \00A0\00AD\034F\115F\1160\17B4\17B5\1680\180B-\180F\2000-\200D\202F\205F-\206F'
        '\2800\3000\3164\FE00-\FE0F\FEFF\FFA0\FFF0-\FFFB]';

CREATE OR REPLACE FUNCTION refuse_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a name in % is too long, has a control character or nothing that can be seen', TG_TABLE_NAME
        USING ERRCODE = 'check_violation';
END
$$;
REVOKE EXECUTE ON FUNCTION refuse_text FROM PUBLIC;

-- Triggers rather than constraints, so that a row from before a rule can still be closed, cancelled or deleted: only a
-- name that is written is judged. Each table's stands with the functions of its capability.
CREATE OR REPLACE TRIGGER tenant_name BEFORE INSERT OR UPDATE OF name ON tenant FOR EACH ROW
    WHEN (NOT is_visible_text(NEW.name, 200)) EXECUTE FUNCTION refuse_text();
