import Foundation
import Harness
import Postgres
import Testing

/// Transactions of one round trip.
@Suite struct ExchangeTests {
    private static let table = "CREATE TABLE t (a int8 PRIMARY KEY, b int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)"

    @Test func `each statement's rows come back in order`() async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: Self.table)
        let rows = try await connection.exchange([
            "INSERT INTO t VALUES (\(1), \(10)), (\(2), \(20)) RETURNING b", "UPDATE t SET b = b + \(1) WHERE a = \(2)",
            "SELECT a, b, \("x") FROM t ORDER BY a", "SELECT b FROM t WHERE a = \(3)",
        ])
        #expect(try rows[0].first(Int.self) == [10, 20])
        #expect(rows[1].affected == 1)
        #expect(try rows[2].map { try $0.decode(Int.self, Int.self, String.self).1 } == [10, 21])
        #expect(rows[3].isEmpty)
        #expect(rows.count == 4)
        #expect(try await connection.query("SELECT * FROM t").count == 2)
        #expect(try await connection.exchange([]).isEmpty)
    }

    @Test func `it takes one round trip, also when all is to be prepared`() async throws {
        let target = try await TestServices.shared().emptyDatabase().split(separator: "?host=")
        let proxy = try CountingProxy(to: try #require(target[1].removingPercentEncoding))
        let connection = try await Connection.connect(Configuration(target[0] + "?host=\(proxy.directory)"))
        let settings = [LocalSetting(name: "app.tenant", value: "x"), .lockTimeout(.seconds(1))]
        let statements: [SQL] = ["SELECT \(1)", "SELECT current_user, \("y")"]
        func turns(_ body: @Sendable (isolated Connection) throws -> Void) async throws -> Int {
            let before = proxy.turns
            try await connection.turn(body)
            return proxy.turns - before
        }
        for _ in 0..<3 {
            let exchange = try await turns { connection in
                _ = try connection.exchange(statements, role: "pg_monitor", settings: settings)
            }
            #expect(exchange == 1)
        }
        // What a transaction takes, so that the count is seen to count.
        let transaction = try await turns { connection in
            try connection.transaction(role: "pg_monitor", settings: settings) { _ = try $0.query(statements[0]) }
        }
        #expect(transaction == 3)
        let failing = try await turns { connection in
            _ = try? connection.exchange(["SELECT \(1)", "SELECT 1 / \(0)", "SELECT \(2)"], role: "pg_monitor")
        }
        #expect(failing == 1)
        await connection.close()
    }

    @Test func `role and settings hold inside and are gone afterwards`() async throws {
        let connection = try await freshConnection()
        let value = "it's \\ \"quoted\"; --"
        let settings = [
            LocalSetting(name: "app.tenant", value: value), .lockTimeout(.milliseconds(1_234)),
            .statementTimeout(.microseconds(4_999_100)),
        ]
        let question: SQL = """
            SELECT current_user, coalesce(current_setting('app.tenant', true), ''),
                current_setting('transaction_isolation') || ' ' || current_setting('transaction_read_only'),
                current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')
            """
        typealias Seen = (String, String, String, String)
        let outside = try await connection.query(question)[0].decode(String.self, String.self, String.self, String.self)
        #expect(outside == ("postgres", "", "read committed off", "0 30s"))
        for statement in [question, "SELECT 1 / \(0)", question] {
            let rows = try? await connection.exchange(
                [statement, question], readOnly: true, role: "pg_monitor", settings: settings)
            for rows in rows ?? [] {
                let seen = try rows[0].decode(String.self, String.self, String.self, String.self)
                #expect(seen == ("pg_monitor", value, "read committed on", "1234ms 5s"))
            }
            for after in [try await connection.query(question), try await connection.exchange(question)] {
                let seen = try after[0].decode(String.self, String.self, String.self, String.self)
                #expect(seen == outside)
            }
        }
    }

    @Test func `it is READ COMMITTED, whatever the database's default`() async throws {
        let configuration = try await freshConfiguration()
        let before = try await Connection.connect(configuration)
        let name = try await before.query("SELECT current_database()")[0].decode(String.self)
        try await before.executeScript(
            unsafe: "ALTER DATABASE \(name) SET default_transaction_isolation = 'serializable'")
        let connection = try await Connection.connect(configuration)
        let isolation = try await connection.exchange("SELECT current_setting('transaction_isolation')")
        #expect(try isolation[0].decode(String.self) == "read committed")
    }

    @Test(
        arguments: [
            ("SELECT 1 / \(0)", SQLState(rawValue: "22012")), ("SELECT FROM", .syntaxError),
            ("SELECT FROM nowhere", .undefinedTable), ("INSERT INTO t VALUES (1, 5)", .uniqueViolation),
            // Found by the commit.
            ("INSERT INTO t VALUES (7, 1)", .uniqueViolation),
            ("SELECT pg_sleep(30)", .queryCanceled), ("SELECT set_config('no_such.' || chr(10), 'x', true)", nil),
        ] as [(SQL, SQLState?)])
    func `a statement that fails leaves nothing behind`(statement: SQL, code: SQLState?) async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: Self.table + "; INSERT INTO t VALUES (1, 1)")
        for round in 0..<3 {
            let statements: [SQL] = ["INSERT INTO t VALUES (\(2), \(2))", statement, "SELECT \(round), * FROM t"]
            let error = await #expect(throws: PostgresError.self) {
                try await connection.exchange(statements, settings: [.statementTimeout(.milliseconds(200))])
            }
            if let code { #expect(error?.code == code) }
            #expect(error?.kind == (code == .queryCanceled ? .statementTimeout : .server))
            #expect(error?.operation == "exchange")
            #expect(try await connection.query("SELECT a FROM t").first(Int.self) == [1])
            #expect(try await connection.exchange("SELECT \(round), * FROM t").count == 1)
        }
    }

    @Test func `a role or setting that is refused stops the statements`() async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: Self.table)
        for (role, setting) in [("no_such_role", "app.a"), ("pg_monitor", "no_such_setting")] {
            let error = await #expect(throws: PostgresError.self) {
                try await connection.exchange(
                    "INSERT INTO t VALUES (\(1))", role: role, settings: [LocalSetting(name: setting, value: "x")])
            }
            #expect(error?.kind == .server)
        }
        let denied = await #expect(throws: PostgresError.self) {
            try await connection.exchange("INSERT INTO t VALUES (\(1))", role: "pg_monitor")
        }
        #expect(denied?.code == .insufficientPrivilege)
        let readOnly = await #expect(throws: PostgresError.self) {
            try await connection.exchange("INSERT INTO t VALUES (\(1))", readOnly: true)
        }
        #expect(readOnly?.code == .readOnlyTransaction)
        #expect(try await connection.query("SELECT FROM t").isEmpty)
        #expect(try await connection.exchange("INSERT INTO t VALUES (\(1))").affected == 1)
    }

    @Test func `a lock is waited for no longer than said`() async throws {
        let configuration = try await freshConfiguration()
        let holder = try await Connection.connect(configuration)
        try await holder.executeScript(unsafe: "SELECT pg_advisory_lock(1)")
        let connection = try await Connection.connect(configuration)
        let error = await #expect(throws: PostgresError.self) {
            try await connection.exchange(
                ["SELECT 1", "SELECT pg_advisory_xact_lock(1)"], settings: [.lockTimeout(.milliseconds(20))])
        }
        #expect(error?.code == .lockNotAvailable)
        #expect(error?.isRetryable == true)
    }

    @Test func `a transaction, a BEGIN or a COPY is refused`() async throws {
        let connection = try await freshConnection()
        try await connection.turn { connection in
            try connection.transaction { connection in
                let error = #expect(throws: PostgresError.self) { try connection.exchange("SELECT 1") }
                #expect(error?.kind == .usage)
            }
        }
        let begin = await #expect(throws: PostgresError.self) {
            try await connection.exchange(["BEGIN", "CREATE TABLE u (a int)"])
        }
        #expect(begin?.kind == .usage)
        #expect(try await connection.query("SELECT FROM pg_class WHERE relname = 'u'").isEmpty)
        let many = (0...65_535).reduce(into: "SELECT \(0)" as SQL) { sql, number in sql += ", \(number)" }
        let wide = await #expect(throws: PostgresError.self) { try await connection.exchange(["SELECT 1", many]) }
        #expect(wide?.kind == .usage)
        #expect(try await connection.exchange("SELECT 1").count == 1)
        let copy = await #expect(throws: PostgresError.self) {
            try await connection.exchange(["CREATE TABLE u (a int)", "COPY u FROM STDIN"])
        }
        #expect(copy?.kind == .usage)
        await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
    }

    @Test func `large values go both ways at once`() async throws {
        let connection = try await freshConnection()
        let large = String(repeating: "x", count: 8 << 20)
        let rows = try await connection.exchange([
            "SELECT repeat('y', 8 << 20) FROM generate_series(1, 3)", "SELECT length(\(large)), \(large)",
            "SELECT repeat('z', 8 << 20)",
        ])
        #expect(rows[0].count == 3)
        #expect(try rows[1][0].decode(Int.self) == large.utf8.count)
        #expect(rows[2].count == 1)
    }
}
