import Harness
import Postgres
import Testing

@Suite struct TransactionTests {
    private struct Failure: Error {}

    @Test func `a body that throws leaves nothing behind`() async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: "CREATE TABLE t (a int8)")
        await #expect(throws: Failure.self) {
            try await connection.turn { connection in
                try connection.transaction { connection in
                    try connection.execute("INSERT INTO t VALUES (\(1))")
                    throw Failure()
                }
            }
        }
        #expect(try await connection.query("SELECT * FROM t").isEmpty)
    }

    @Test func `a transaction in a transaction is refused`() async throws {
        let connection = try await freshConnection()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.turn { connection in
                try connection.transaction { try $0.transaction { _ in } }
            }
        }
        #expect(error?.kind == .usage)
    }

    @Test func `an error swallowed in the body is no commit`() async throws {
        let connection = try await freshConnection()
        await #expect(throws: PostgresError.self) {
            try await connection.turn { connection in
                try connection.transaction { _ = try? $0.query("SELECT 1 / 0") }
            }
        }
    }

    @Test func `role and settings hold for the transaction only`() async throws {
        let connection = try await freshConnection()
        let value = "it's \\ \"quoted\"; --"
        try await connection.turn { connection in
            try connection.transaction(
                isolation: .serializable, readOnly: true, role: "pg_monitor",
                settings: [LocalSetting(name: "app.tenant", value: value)]
            ) { connection in
                let row = try connection.query(
                    """
                    SELECT current_user, current_setting('app.tenant'), current_setting('transaction_isolation'),
                        current_setting('transaction_read_only')
                    """)[0]
                let seen = try row.decode(String.self, String.self, String.self, String.self)
                #expect(seen == ("pg_monitor", value, "serializable", "on"))
            }
        }
        let after = try await connection.query("SELECT current_user, current_setting('app.tenant', true)")[0]
        let (user, tenant) = try after.decode(String.self, String?.self)
        #expect(user != "pg_monitor")
        #expect(tenant != value)
    }

    @Test func `no other task slips between the statements of a turn`() async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: "CREATE TABLE t (a int8); INSERT INTO t VALUES (0)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await connection.turn { connection in
                        try connection.transaction { connection in
                            let old = try connection.query("SELECT a FROM t")[0].decode(Int.self)
                            try connection.execute("UPDATE t SET a = \(old + 1)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await connection.query("SELECT a FROM t")[0].decode(Int.self) == 20)
    }
}
