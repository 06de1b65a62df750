import Harness
import Postgres
import Testing

/// What an exchange leaves of prepared statements, on the server and in the books.
@Suite struct ExchangeCacheTests {
    private static func prepared(_ connection: Connection) async throws -> Int {
        let script: SQL = "SELECT count(*) FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prepared%'"
        return try await connection.query(script)[0].decode(Int.self)
    }

    @Test func `statements are prepared once`() async throws {
        let connection = try await freshConnection()
        for round in 0..<4 {
            let rows = try await connection.exchange(["SELECT \(round)", "SELECT \("a")", "SELECT \(round + 1)"])
            #expect(try rows[2][0].decode(Int.self) == round + 1)
        }
        _ = try await connection.query("SELECT \(1)")
        #expect(try await Self.prepared(connection) == 2)
    }

    @Test func `what was skipped or refused is not believed to be prepared`() async throws {
        let connection = try await freshConnection()
        let skipped: SQL = "SELECT \("skipped")"
        let late: SQL = "SELECT a FROM t"
        for statements in [["SELECT 1 / \(0)", skipped], ["SELECT FROM nowhere", skipped], [late, skipped]] as [[SQL]] {
            await #expect(throws: PostgresError.self) { try await connection.exchange(statements) }
        }
        // The division alone was prepared, and is.
        #expect(try await Self.prepared(connection) == 1)
        try await connection.executeScript(unsafe: "CREATE TABLE t AS SELECT 1 AS a")
        // Within a transaction a wrong belief would not be mended on the quiet.
        let rows = try await connection.turn { connection in
            try connection.transaction { try [$0.query(skipped), $0.query(late)] }
        }
        #expect(rows.map(\.count) == [1, 1])
        #expect(try await connection.exchange([skipped, late]).map(\.count) == [1, 1])
        await #expect(throws: PostgresError.self) { try await connection.exchange(["SELECT 1 / \(0)", skipped]) }
        #expect(try await Self.prepared(connection) == 3)
    }

    @Test func `a statement that was prepared in a failed exchange is kept in the books`() async throws {
        let connection = try await freshConnection()
        let known: SQL = "SELECT \("known")"
        await #expect(throws: PostgresError.self) { try await connection.exchange([known, "SELECT 1 / \(0)"]) }
        _ = try await connection.exchange([known, known])
        #expect(try await Self.prepared(connection) == 2)
    }

    @Test func `changed tables and lost statements are prepared anew`() async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: "CREATE TABLE t (a int8); CREATE TABLE u (a int8)")
        let statements: [SQL] = ["INSERT INTO t VALUES (\(1))", "SELECT * FROM t", "SELECT * FROM u"]
        let scripts = [
            "SELECT", "ALTER TABLE t ADD b int8", "DEALLOCATE ALL",
            "ALTER TABLE t ADD c int8; ALTER TABLE u ADD c int8",
            "DISCARD PLANS", "ALTER TABLE u ADD d int8; DEALLOCATE ALL",
        ]
        for (round, script) in scripts.enumerated() {
            try await connection.executeScript(unsafe: script)
            let rows = try await connection.exchange(statements, settings: [.lockTimeout(.seconds(1))])
            // The insertion that failed with the rest was not made twice.
            #expect(rows[1].count == round + 1)
            #expect(rows[1].columns.count == (try await connection.query("SELECT * FROM t").columns.count))
        }
        _ = try await connection.exchange("SELECT 1")
        // Three, the setting, the star outside, and the last: what was given up is deallocated.
        #expect(try await Self.prepared(connection) == 5)
    }

    @Test func `old statements are evicted and deallocated`() async throws {
        let connection = try await freshConnection { $0.statementCacheSize = 3 }
        for index in 0..<10 {
            let rows = try await connection.exchange((0..<5).map { "SELECT \(unsafe: "\(index + $0)")" })
            #expect(rows.count == 5)
        }
        let count = try await connection.exchange("SELECT count(*) FROM pg_prepared_statements")[0].decode(Int.self)
        // Three kept and the one that counts.
        #expect(count == 4)
    }
}
