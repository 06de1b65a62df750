/// A broken protocol, made of the right one by changing functions in the run's own database. The checker must catch
/// each.
public enum Sabotage: String, Sendable, CaseIterable {
    /// No lock at all, and no constraint.
    case noLock = "no-lock"
    /// A lock on the person and the slot in which the interval begins, and no constraint.
    case seedKey = "seed-key"
    /// The right locks, but the look at what is taken comes before them; no constraint. What a single statement that
    /// locks, checks and inserts does, and a transaction under REPEATABLE READ.
    case earlySnapshot = "early-snapshot"
    /// The locks are given back before the commit; no constraint.
    case sessionLock = "session-lock"
    /// No lock, with the exclusion constraint.
    case constraintOnly = "constraint-only"
    /// The right locks in any order.
    case unsortedLocks = "unsorted-locks"
    /// A commit is answered before it is on the disk.
    case asyncCommit = "async-commit"
    /// A refusal is answered before it is on the disk.
    case refusalNotDurable = "refusal-not-durable"
    /// A key is forgotten at once.
    case noKey = "no-key"

    /// The statements that break the protocol.
    var statements: String {
        switch self {
        case .noLock: Self.dropConstraint + Self.noSlots
        case .seedKey:
            Self.dropConstraint + Self.openLocks
                + Self.slots(
                    keys: """
                        SELECT DISTINCT uuid_hash_extended(person, floor(extract(epoch FROM lower(during)) / 900)::bigint) AS k
                        FROM unnest(persons, ranges) AS step (person, during) ORDER BY k
                        """)
        case .earlySnapshot: Self.dropConstraint + Self.openLocks + Self.early
        case .sessionLock: Self.dropConstraint + Self.openLocks + Self.session
        case .constraintOnly: Self.noSlots
        case .unsortedLocks:
            Self.openLocks
                + Self.slots(
                    pause: "PERFORM pg_sleep(0.002);",
                    keys: """
                        SELECT k FROM (SELECT DISTINCT k FROM unnest(persons, ranges) AS step (person, during),
                            slot_keys(person, during) AS k) AS keys ORDER BY random()
                        """)
        case .asyncCommit:
            ""
        case .refusalNotDurable: Self.forgetful
        case .noKey:
            """
            CREATE OR REPLACE FUNCTION keep_answer(request_key text, given jsonb, is_final boolean) RETURNS jsonb
            LANGUAGE plpgsql AS $f$ BEGIN
                DELETE FROM idempotency WHERE tenant_id = current_tenant() AND key = request_key;
                RETURN given;
            END $f$;
            """
        }
    }

    /// Settings of the server that break it.
    var settings: [String: String] {
        // What need not be on the disk then stays away from it until a kill. A page that is written takes the log
        // before it to the disk, so nobody writes pages meanwhile.
        let slow = [
            "wal_writer_delay": "10s", "wal_writer_flush_after": "1GB", "bgwriter_lru_maxpages": "0",
            "autovacuum": "off",
        ]
        return switch self {
        case .asyncCommit: slow.merging(["synchronous_commit": "off"]) { $1 }
        case .refusalNotDurable: slow
        default: [:]
        }
    }

    private static let forgetful = """
        ALTER FUNCTION keep_answer(text, jsonb, boolean) RENAME TO keep_answer_durably;
        CREATE FUNCTION keep_answer(request_key text, given jsonb, is_final boolean) RETURNS jsonb LANGUAGE plpgsql
        AS $f$
        DECLARE kept jsonb := keep_answer_durably(request_key, given, is_final);
        BEGIN
            IF given ->> 'outcome' <> 'ok' THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
            RETURN kept;
        END $f$;
        """

    private static let dropConstraint = """
        ALTER TABLE occupancy DROP CONSTRAINT occupancy_overlap;
        CREATE INDEX occupancy_person ON occupancy USING gist (staff_id, during) WHERE live;

        """

    private static let noSlots = """
        CREATE OR REPLACE FUNCTION lock_slots(persons uuid[], ranges tstzrange[]) RETURNS void LANGUAGE plpgsql
        AS $f$ BEGIN NULL; END $f$;
        """

    /// Lets the functions below lock with the rights of whoever calls them.
    private static let openLocks = """
        GRANT EXECUTE ON FUNCTION pg_advisory_xact_lock(bigint), pg_advisory_lock(bigint), pg_advisory_unlock_all()
            TO PUBLIC;

        """

    private static func slots(pause: String = "", keys: String) -> String {
        """
        CREATE OR REPLACE FUNCTION lock_slots(persons uuid[], ranges tstzrange[]) RETURNS void LANGUAGE plpgsql AS $f$
        DECLARE key bigint;
        BEGIN
            FOR key IN \(keys) LOOP
                PERFORM pg_advisory_xact_lock(key);
                \(pause)
            END LOOP;
        END $f$;
        """
    }

    /// What is taken is looked up in `lock_staff`, which comes first, and remembered for `taken_steps`.
    private static let early = """
        ALTER FUNCTION taken_steps(uuid[], tstzrange[], uuid) RENAME TO taken_steps_now;
        CREATE OR REPLACE FUNCTION lock_slots(persons uuid[], ranges tstzrange[]) RETURNS void LANGUAGE plpgsql AS $f$
        DECLARE key bigint;
        BEGIN
            PERFORM set_config('app.taken', taken_steps_now(persons, ranges, NULL)::text, true);
            FOR key IN SELECT DISTINCT k FROM unnest(persons, ranges) AS step (person, during),
                slot_keys(person, during) AS k ORDER BY k LOOP
                PERFORM pg_advisory_xact_lock(key);
            END LOOP;
        END $f$;
        CREATE FUNCTION taken_steps(persons uuid[], ranges tstzrange[], except_booking uuid) RETURNS integer[]
        LANGUAGE plpgsql AS $f$
        BEGIN
            IF except_booking IS NOT NULL THEN RETURN taken_steps_now(persons, ranges, except_booking); END IF;
            RETURN coalesce(nullif(current_setting('app.taken', true), ''), '{}')::integer[];
        END $f$;
        """

    private static let session = """
        CREATE OR REPLACE FUNCTION lock_slots(persons uuid[], ranges tstzrange[]) RETURNS void LANGUAGE plpgsql AS $f$
        DECLARE key bigint;
        BEGIN
            FOR key IN SELECT DISTINCT k FROM unnest(persons, ranges) AS step (person, during),
                slot_keys(person, during) AS k ORDER BY k LOOP
                PERFORM pg_advisory_lock(key);
            END LOOP;
        END $f$;
        ALTER FUNCTION keep_answer(text, jsonb, boolean) RENAME TO keep_answer_held;
        CREATE FUNCTION keep_answer(request_key text, given jsonb, is_final boolean) RETURNS jsonb LANGUAGE plpgsql
        AS $f$
        DECLARE kept jsonb := keep_answer_held(request_key, given, is_final);
        BEGIN
            PERFORM pg_advisory_unlock_all();
            RETURN kept;
        END $f$;
        """
}
