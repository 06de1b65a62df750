import Harness
import Postgres
import Testing

/// An exchange that is cancelled, runs out of time or loses its connection.
@Suite struct ExchangeFaultTests {
    private static let slow: [SQL] = [
        "INSERT INTO t VALUES (\(1))", "SELECT pg_sleep(30)", "INSERT INTO t VALUES (\(2))",
    ]

    private static func pool() async throws -> (pool: Pool, watcher: Connection) {
        let configuration = try await freshConfiguration { $0.poolSize = 1 }
        let watcher = try await Connection.connect(configuration)
        try await watcher.executeScript(unsafe: "CREATE TABLE t (a int8)")
        return (Pool(configuration), watcher)
    }

    private static func isSleeping(_ watcher: Connection) async throws -> Bool {
        try await watcher.query(
            "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
        )
        .isEmpty == false
    }

    private static func expectUntouched(_ pool: Pool, _ watcher: Connection) async throws {
        for _ in 0..<20 {
            #expect(try await pool.withConnection { try $0.exchange("SELECT * FROM t WHERE a > \(0)") }.isEmpty)
        }
        #expect(try await watcher.query("SELECT FROM t").isEmpty)
        #expect(pool.statistics.open == 1)
        await pool.shutdown()
    }

    @Test func `a cancelled task's exchange stops and its connection serves on`() async throws {
        let (pool, watcher) = try await Self.pool()
        let pid = try await pool.withConnection { try $0.exchange("SELECT pg_backend_pid()")[0].decode(Int.self) }
        let task = Task { try await pool.withConnection { try $0.exchange(Self.slow) } }
        try await eventually { try await Self.isSleeping(watcher) }
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        let after = try await pool.withConnection { try $0.exchange("SELECT pg_backend_pid()")[0].decode(Int.self) }
        #expect(after == pid)
        try await Self.expectUntouched(pool, watcher)
    }

    @Test func `an exchange ends at the caller's time limit`() async throws {
        let (pool, watcher) = try await Self.pool()
        let error = await #expect(throws: PostgresError.self) {
            try await pool.withConnection(timeLimit: .milliseconds(100)) { _ = try $0.exchange(Self.slow) }
        }
        #expect(error?.kind == .statementTimeout)
        try await Self.expectUntouched(pool, watcher)
    }

    @Test func `a cancelled turn sends no further exchange`() async throws {
        let (pool, watcher) = try await Self.pool()
        let task = Task {
            try await pool.withConnection { connection in
                _ = try? connection.exchange(Self.slow)
                _ = try connection.exchange("INSERT INTO t VALUES (\(3))")
            }
        }
        try await eventually { try await Self.isSleeping(watcher) }
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        try await Self.expectUntouched(pool, watcher)
    }

    @Test func `a lost connection is named and replaced`() async throws {
        let (pool, watcher) = try await Self.pool()
        for _ in 0..<3 {
            let statements: [SQL] = [
                "INSERT INTO t VALUES (\(1))", "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT \(2)",
            ]
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { _ = try $0.exchange(statements) }
            }
            #expect(error?.kind == .connectionLost)
        }
        let task = Task { try await pool.withConnection { try $0.exchange(Self.slow) } }
        try await eventually { try await Self.isSleeping(watcher) }
        _ = try await watcher.query(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE wait_event = 'PgSleep' AND datname = current_database()
            """)
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .connectionLost)
        try await Self.expectUntouched(pool, watcher)
    }

    @Test func `a connection lost in quiet is found out by the exchange`() async throws {
        let configuration = try await freshConfiguration()
        let watcher = try await Connection.connect(configuration)
        for isNoticed in [false, true] {
            let connection = try await Connection.connect(configuration)
            let pid = try await connection.exchange("SELECT pg_backend_pid()")[0].decode(Int.self)
            _ = try await watcher.query("SELECT pg_terminate_backend(\(pid)::int4)")
            try await eventually {
                try await watcher.query("SELECT FROM pg_stat_activity WHERE pid = \(pid)").isEmpty
            }
            if isNoticed { await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") } }
            for _ in 0..<2 {
                let error = await #expect(throws: PostgresError.self) { try await connection.exchange("SELECT 1") }
                #expect(error?.kind == .connectionLost)
            }
        }
    }
}
