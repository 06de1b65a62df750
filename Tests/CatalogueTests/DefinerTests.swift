import Foundation
import Harness
import Postgres
import Tenancy
import Testing

/// Functions that work with more rights than their caller's: whatever a tenant names of another's, they answer as if
/// there were no such thing, and nothing of it changes.
struct DefinerTests {
    /// Identifiers that a call names; of the other tenant, or of nobody.
    private struct Names: Sendable {
        var tenant = UUID()
        var salon = UUID()
        var person = UUID()
        var booking = UUID()
    }

    /// A call of each function, as a tenant would make it who means somebody else's. `T`, `S`, `P` and `B` stand for a
    /// tenant, a salon, a person and a booking. Those without a call are for triggers or for other functions alone.
    private static let calls: [String: String?] = [
        "raise_epochs": "SELECT raise_epochs(ARRAY[P]) IS NULL",
        "append_audit": nil, "raise_all_epochs": nil, "raise_revisions": nil, "sweep_holds": nil, "booking_tenant": nil,
        "staff_take_epoch": nil, "calendar_part_changed": nil, "staff_renamed": nil, "calendar_settings_changed": nil,
        "expire_holds": "SELECT expire_holds(ARRAY[P], ARRAY[tstzrange('-infinity', 'infinity')])",
        "taken_steps": "SELECT taken_steps(ARRAY[P], ARRAY[tstzrange('-infinity', 'infinity')], NULL)",
        "free_plans": """
        SELECT free_plans(ARRAY[0, 1], ARRAY[P, P], ARRAY[\(busy), tstzrange('2031-01-01', '2031-01-02')], \(busy), B)
        """,
        "lock_staff": "SELECT lock_staff(ARRAY[P], true) IS NULL",
        "lock_slots": "SELECT lock_slots(ARRAY[P], ARRAY[\(busy)]) IS NULL",
        "readable_calendars": "SELECT readable_calendars(ARRAY[S])",
        "read_calendars": "SELECT read_calendars(ARRAY[S])",
        "read_staff": "SELECT read_staff(ARRAY[S])",
        "read_services": "SELECT read_services(ARRAY[S])",
        "read_skills": "SELECT read_skills(ARRAY[S])",
        "read_working_hours": "SELECT read_working_hours(ARRAY[S])",
        "read_exceptions": "SELECT read_exceptions(ARRAY[S])",
        "read_busy": "SELECT read_busy(ARRAY[S, '\(ourSalon)'], ARRAY[P], tstzrange('-infinity', 'infinity'))",
    ]

    /// Those that do not work with the rights of salons_calendar.
    private static let owners = ["append_audit": "salons_auditor"]

    /// What is open to everybody in SQL takes the caller's rights, and no word for whose something is.
    private static let invokers = [
        "SELECT lock_staff(ARRAY[P], false) IS NULL", "SELECT own_persons(ARRAY[P])",
        "SELECT describe_bookings(ARRAY[B])",
        "SELECT cancel_booking('k', '\\x00', B)", "SELECT confirm_hold('k', '\\x00', B, 'N', 'e@f', NULL)",
        "SELECT leave_booking('k', '\\x00', B, NULL, 1)",
        "SELECT block_time(S, 'block', NULL, NULL, '{}', ARRAY[P], ARRAY[\(busy)])",
        "INSERT INTO staff (tenant_id, salon_id, staff_id, name) VALUES (T, S, P, 'x')",
        "UPDATE staff SET name = 'x' WHERE staff_id = P",
        """
        INSERT INTO occupancy (tenant_id, salon_id, staff_id, kind, during, starts_at, ends_at)
        VALUES ('\(ours)', '\(ourSalon)', P, 'block', \(busy), '2030-01-01', '2030-01-02')
        """,
        """
        UPDATE occupancy SET staff_id = P WHERE tenant_id = '\(ours)'
        """,
    ]

    private static let busy = "tstzrange('2030-01-01', '2030-01-02')"
    private static let ours = "aaaaaaaa-0000-4000-8000-000000000001"
    private static let ourSalon = "aaaaaaaa-0000-4000-8000-000000000002"

    /// Two tenants with a published salon each; of the other, one person with a booking and a hold that is over.
    private static func fill(_ connection: isolated Connection) throws -> Names {
        let names = Names()
        let ourPerson = UUID()
        for (tenant, salon, person, slug) in [
            (UUID(uuidString: ours)!, UUID(uuidString: ourSalon)!, ourPerson, "ours"),
            (names.tenant, names.salon, names.person, "theirs"),
        ] {
            try connection.executeScript(
                unsafe: """
                    INSERT INTO tenant (tenant_id, slug, name, country) VALUES ('\(tenant)', '\(slug)', 'T', 'DK');
                    INSERT INTO salon (tenant_id, salon_id, name, latitude, longitude, time_zone, source, source_ref)
                    VALUES ('\(tenant)', '\(salon)', 'S', 55, 12, 'Europe/Copenhagen', 'test', '1');
                    INSERT INTO calendar (tenant_id, salon_id) VALUES ('\(tenant)', '\(salon)');
                    INSERT INTO staff (tenant_id, salon_id, staff_id, name)
                    VALUES ('\(tenant)', '\(salon)', '\(person)', 'P');
                    INSERT INTO service (tenant_id, salon_id, name, category, duration)
                    VALUES ('\(tenant)', '\(salon)', 'Klip', 'haircut', 30);
                    INSERT INTO staff_service (tenant_id, salon_id, staff_id, service_id)
                    SELECT '\(tenant)', '\(salon)', '\(person)', service_id FROM service WHERE tenant_id = '\(tenant)';
                    INSERT INTO working_hours (tenant_id, salon_id, staff_id, weekday, start_minute, end_minute)
                    VALUES ('\(tenant)', '\(salon)', '\(person)', 1, 0, 1440);
                    INSERT INTO schedule_exception (tenant_id, salon_id, kind, first_date, last_date)
                    VALUES ('\(tenant)', '\(salon)', 'closed', '2031-01-01', '2031-01-01');
                    """)
        }
        try connection.executeScript(
            unsafe: """
                INSERT INTO booking (tenant_id, booking_id, salon_id, status)
                VALUES ('\(names.tenant)', '\(names.booking)', '\(names.salon)', 'booked');
                INSERT INTO occupancy (tenant_id, salon_id, staff_id, kind, booking_id, step, during, starts_at, ends_at)
                VALUES ('\(names.tenant)', '\(names.salon)', '\(names.person)', 'booking', '\(names.booking)', 1, \(busy),
                    '2030-01-01', '2030-01-02');
                INSERT INTO occupancy (tenant_id, salon_id, staff_id, kind, during, starts_at, ends_at)
                VALUES ('\(ours)', '\(ourSalon)', '\(ourPerson)', 'block', tstzrange('2029-01-01', '2029-01-02'),
                    '2029-01-01', '2029-01-02');
                WITH hold AS (
                    INSERT INTO booking (tenant_id, salon_id, status)
                    VALUES ('\(names.tenant)', '\(names.salon)', 'held') RETURNING tenant_id, booking_id, salon_id
                )
                INSERT INTO occupancy (tenant_id, salon_id, staff_id, kind, booking_id, step, during, starts_at, ends_at,
                    expires_at)
                SELECT tenant_id, salon_id, '\(names.person)', 'hold', booking_id, 1,
                    tstzrange('2030-02-01', '2030-02-02'), '2030-02-01', '2030-02-02', '2020-01-01' FROM hold;
                """)
        return names
    }

    /// What becomes of a statement as our tenant: its answer or its error, the locks that it holds, and all of theirs.
    private static func outcome(
        _ statement: String, _ names: Names, _ connection: isolated Connection
    ) throws -> (answer: String, locks: Int, theirs: String) {
        let text =
            statement
            .replacing(#/\bT\b/#, with: "'\(names.tenant)'::uuid").replacing(#/\bS\b/#, with: "'\(names.salon)'::uuid")
            .replacing(#/\bP\b/#, with: "'\(names.person)'::uuid").replacing(
                #/\bB\b/#, with: "'\(names.booking)'::uuid")
        try connection.executeScript(
            unsafe: "BEGIN; SET LOCAL ROLE salons_tenant; SET LOCAL app.tenant_id = '\(ours)'; SAVEPOINT before")
        var answer: String
        do {
            let rows = try connection.query(
                SQL(unsafe: text.hasPrefix("SELECT ") ? "SELECT (\(text.dropFirst(7)))::text" : text))
            let cells = try rows.map { row -> String in
                let cell: String? = try row.decode(String?.self)
                return cell ?? "null"
            }
            answer = cells.joined(separator: "; ")
            if !text.hasPrefix("SELECT ") { answer += "\(rows.affected) rows" }
        } catch {
            answer = (error as? PostgresError)?.code?.rawValue ?? "\(error)"
            try connection.executeScript(unsafe: "ROLLBACK TO before")
        }
        let locks = try connection.query(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")[0].decode(Int.self)
        try connection.executeScript(unsafe: "RESET ROLE")
        let theirs = try connection.query(
            """
            SELECT concat_ws('|',
                (SELECT string_agg(c::text, ';') FROM calendar c WHERE tenant_id <> \(UUID(uuidString: ours)!)),
                (SELECT string_agg(f::text, ';') FROM staff f WHERE tenant_id <> \(UUID(uuidString: ours)!)),
                (SELECT string_agg(b::text, ';' ORDER BY b.booking_id) FROM booking b),
                (SELECT string_agg(o::text, ';' ORDER BY o.occupancy_id) FROM occupancy o
                    WHERE tenant_id <> \(UUID(uuidString: ours)!)),
                (SELECT count(*) FROM outbox WHERE tenant_id <> \(UUID(uuidString: ours)!)))
            """)[0].decode(String.self)
        try connection.executeScript(unsafe: "ROLLBACK")
        return (answer, locks, theirs)
    }

    @Test func `each takes no word of a tenant for what is another's`() async throws {
        let store = try await Store.migrated()
        try await store.owner { connection in
            let theirs = try Self.fill(connection)
            let untouched = try Self.outcome("SELECT 1", theirs, connection).theirs
            let functions = try connection.query(
                """
                SELECT p.proname::text, pg_get_userbyid(p.proowner)::text,
                    coalesce('search_path=public, pg_temp' = ANY (p.proconfig), false),
                    p.prorettype = 'trigger'::regtype, has_function_privilege('salons_tenant', p.oid, 'EXECUTE')
                FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
                """)
            #expect(functions.count == Self.calls.count)
            for row in functions {
                let (name, owner, isPinned, isTrigger, isOpen) = try row.decode(
                    String.self, String.self, Bool.self, Bool.self, Bool.self)
                #expect(owner == Self.owners[name] ?? "salons_calendar", "\(name) works with the rights of \(owner)")
                #expect(isPinned, "\(name) looks names up where its caller says")
                guard let call = try #require(Self.calls[name], "nobody has tried \(name) yet") else {
                    #expect(!isOpen, "a tenant may call \(name)")
                    continue
                }
                #expect(isOpen && !isTrigger, "\(name) has a call")
                let named = try Self.outcome(call, theirs, connection)
                let nobody = try Self.outcome(call, Names(), connection)
                #expect(named == nobody, "\(name)")
                #expect(named.theirs == untouched, "\(name) changed what is another's")
            }
        }
    }

    @Test(arguments: invokers)
    func `what a tenant says in SQL reaches nobody else`(statement: String) async throws {
        let store = try await Store.migrated()
        try await store.owner { connection in
            let theirs = try Self.fill(connection)
            let untouched = try Self.outcome("SELECT 1", theirs, connection).theirs
            let named = try Self.outcome(statement, theirs, connection)
            let nobody = try Self.outcome(statement, Names(), connection)
            #expect(named == nobody)
            #expect(named.locks == 0)
            #expect(named.theirs == untouched)
        }
    }

    @Test func `a function made definer is its callers' alone, whoever called it before`() async throws {
        let store = try await Store.migrated()
        let callers = try await store.owner { connection in
            try connection.executeScript(
                unsafe: """
                    CREATE FUNCTION made() RETURNS integer LANGUAGE sql SECURITY DEFINER
                    SET search_path = public, pg_temp AS 'SELECT 1';
                    SELECT make_definer_function('made()', 'salons_tenant', 'salons_feed');
                    SELECT make_definer_function('made()', 'salons_feed');
                    """)
            return try connection.query(
                """
                SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'salons\\_%'
                    AND has_function_privilege(oid, 'made()'::regprocedure, 'EXECUTE') ORDER BY 1
                """
            ).map { try $0.decode(String.self) }
        }
        #expect(callers == ["salons_calendar", "salons_feed"])
    }

    @Test(arguments: [
        "", "SECURITY DEFINER", "SECURITY DEFINER SET search_path = public", "SET search_path = public, pg_temp",
    ])
    func `a function that is not sealed is not made definer`(attributes: String) async throws {
        let store = try await Store.migrated()
        let error = await #expect(throws: PostgresError.self) {
            try await store.owner { connection in
                try connection.executeScript(
                    unsafe: """
                        CREATE FUNCTION made() RETURNS integer LANGUAGE sql \(attributes) AS 'SELECT 1';
                        SELECT make_definer_function('made()')
                        """)
            }
        }
        #expect(error?.message == "made() must be SECURITY DEFINER SET search_path = public, pg_temp")
    }

    @Test func `nobody takes an advisory lock in plain SQL`() async throws {
        let store = try await Store.migrated()
        let allowed = try await store.owner { connection in
            try connection.query(
                """
                SELECT DISTINCT r.rolname || ' ' || p.oid::regprocedure FROM pg_proc p, pg_roles r
                WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname LIKE '%advisory%'
                    AND r.rolname LIKE 'salons\\_%' AND has_function_privilege(r.oid, p.oid, 'EXECUTE') ORDER BY 1
                """
            ).map { try $0.decode(String.self) }
        }
        #expect(
            allowed == [
                "salons_calendar pg_advisory_xact_lock(bigint)",
                "salons_calendar pg_advisory_xact_lock(integer,integer)",
                "salons_calendar pg_advisory_xact_lock_shared(integer,integer)",
            ])
        let ours = try await store.tenant("ours")
        let error = await #expect(throws: PostgresError.self) {
            try await store.database.readOnce(ours, "SELECT pg_advisory_xact_lock(1)")
        }
        #expect(error?.code == .insufficientPrivilege)
    }

    @Test func `a tenant cannot name another's person among its own`() async throws {
        let store = try await Store.migrated()
        try await store.owner { connection in
            let theirs = try Self.fill(connection)
            for statement in [
                "INSERT INTO staff (tenant_id, salon_id, staff_id, name) VALUES ('\(Self.ours)', '\(Self.ourSalon)', P, 'x')",
                "UPDATE staff SET staff_id = P WHERE tenant_id = '\(Self.ours)'",
            ] {
                #expect(try Self.outcome(statement, theirs, connection).answer == "SD002")
                #expect(try Self.outcome(statement, Names(), connection).answer != "SD002")
            }
        }
    }

    @Test func `a trigger's function is not to be hung on a table of one's own`() async throws {
        let store = try await Store.migrated()
        try await store.owner { connection in
            let triggers = try connection.query(
                """
                SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                    AND prorettype = 'trigger'::regtype
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = pg_proc.oid AND d.deptype = 'e')
                """
            ).map { try $0.decode(String.self) }
            #expect(triggers.count >= 7)
            for name in triggers {
                try connection.executeScript(
                    unsafe: "BEGIN; SET LOCAL ROLE salons_tenant; CREATE TEMPORARY TABLE mine (staff_id uuid)")
                let error = #expect(throws: PostgresError.self) {
                    try connection.executeScript(
                        unsafe: "CREATE TRIGGER mine BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION \(name)()")
                }
                #expect(error?.code == .insufficientPrivilege, "\(name)")
                try connection.executeScript(unsafe: "ROLLBACK")
            }
        }
    }
}
