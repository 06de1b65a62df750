import Foundation
import Postgres
import Testing

@Suite struct ConnectionTests {
    @Test func `an interpolated attack stays a value`() async throws {
        let connection = try await freshConnection()
        let attack = "'; DROP TABLE t; --"
        try await connection.executeScript(unsafe: "CREATE TABLE t (name text)")
        #expect(try await connection.execute("INSERT INTO t VALUES (\(attack))") == 1)
        #expect(try await connection.query("SELECT name FROM t")[0].decode(String.self) == attack)
    }

    @Test func `a statement in a statement keeps its binds`() async throws {
        let connection = try await freshConnection()
        let inner: SQL = "a = \(2) AND b = \("y")"
        let sql: SQL = "SELECT \(1) AS n FROM (SELECT 2 AS a, 'y'::text AS b) q WHERE " + inner + " AND \(inner)"
        #expect(sql.text.contains("$5"))
        #expect(try await connection.query(sql).count == 1)
    }

    @Test func `old statements are evicted and deallocated`() async throws {
        let connection = try await freshConnection { $0.statementCacheSize = 3 }
        for index in 0..<10 { _ = try await connection.query("SELECT \(unsafe: "\(index)")") }
        let count = try await connection.query("SELECT count(*) FROM pg_prepared_statements")[0].decode(Int.self)
        #expect(count == 3)
    }

    @Test func `a changed table and a lost statement are prepared anew`() async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: "CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
        #expect(try await connection.query("SELECT * FROM t")[0].decode(Int.self) == 1)
        try await connection.executeScript(unsafe: "ALTER TABLE t ADD b text DEFAULT 'x'")
        #expect(try await connection.query("SELECT * FROM t")[0].decode(Int.self, String.self) == (1, "x"))
        try await connection.executeScript(unsafe: "DEALLOCATE ALL")
        #expect(try await connection.query("SELECT * FROM t").count == 1)
    }

    @Test func `an error carries its code and its description leaks nothing`() async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: "CREATE TABLE t (name text PRIMARY KEY)")
        try await connection.execute("INSERT INTO t VALUES (\("secret"))")
        let error = await #expect(throws: PostgresError.self) {
            try await connection.execute("INSERT INTO t VALUES (\("secret"))")
        }
        #expect(error?.code == .uniqueViolation)
        #expect(error?.constraint == "t_pkey")
        #expect(error.map { "\($0)".contains("secret") } == false)
        #expect(error.map { String(reflecting: $0).contains("secret") } == true)
    }

    @Test func `a configuration does not show its password`() throws {
        let configuration = try Configuration("postgres://me:hunter2@example.org:5433/salons")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect("\(configuration)".contains("example.org"))
    }

    @Test func `a statement ends at the server's timeout`() async throws {
        let connection = try await freshConnection { $0.statementTimeout = .milliseconds(100) }
        let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT pg_sleep(30)") }
        #expect(error?.kind == .statementTimeout)
        #expect(try await connection.query("SELECT 1").count == 1)
    }
}
