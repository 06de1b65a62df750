import Foundation
import Harness
import Postgres
import Testing

@Suite struct CopyTests {
    private struct Failure: Error {}
    private static let into: SQL = "COPY t (id, n, name, score) FROM STDIN (FORMAT binary)"
    private static let table = "CREATE TABLE t (id uuid, n int8, name text, score float8)"

    @Test(arguments: [0, 1, 5000])
    func `rows come out as they went in`(count: Int) async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: Self.table)
        let ids = (0..<count).map { _ in UUID() }
        try await connection.turn { connection in
            let written = try connection.copyIn(Self.into) { writer in
                for (index, id) in ids.enumerated() {
                    try writer.row {
                        $0.write(id)
                        $0.write(index)
                        $0.write(index % 2 == 0 ? nil : "name \(index)")
                        $0.write(Double(index) / 2)
                    }
                }
            }
            #expect(written == count)
            var next = 0
            let read = try connection.copyOut("COPY (SELECT * FROM t ORDER BY n) TO STDOUT (FORMAT binary)") { row in
                let id = try row.uuid(0)
                #expect(id == ids[next])
                #expect(try row.int64(1) == next)
                #expect(row.isNull(2) == (next % 2 == 0))
                if next % 2 == 1 { #expect(try row.string(2) == "name \(next)") }
                #expect(try row.double(3) == Double(next) / 2)
                next += 1
            }
            #expect(read == count)
        }
    }

    @Test func `a copy in that throws stores nothing and spares the connection`() async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: Self.table)
        try await connection.turn { connection in
            #expect(throws: Failure.self) {
                try connection.copyIn(Self.into) { writer in
                    for _ in 0..<10_000 { try writer.row { for _ in 0..<4 { $0.writeNull() } } }
                    throw Failure()
                }
            }
            let rows = try connection.query("SELECT * FROM t")
            #expect(rows.isEmpty)
        }
    }

    @Test func `rows the server refuses are its error`() async throws {
        let connection = try await freshConnection()
        try await connection.executeScript(unsafe: Self.table)
        try await connection.turn { connection in
            let error = #expect(throws: PostgresError.self) {
                try connection.copyIn(Self.into) { try $0.row { $0.write(1) } }
            }
            #expect(error?.kind == .server)
            let rows = try connection.query("SELECT 1")
            #expect(rows.count == 1)
        }
    }

    @Test func `a copy out that throws is cancelled, and the next statement is not`() async throws {
        let connection = try await freshConnection()
        try await connection.turn { connection in
            #expect(throws: Failure.self) {
                try connection.copyOut("COPY (SELECT generate_series(1, 3000000)) TO STDOUT (FORMAT binary)") { row in
                    if try row.int32(0) == 10 { throw Failure() }
                }
            }
            for _ in 0..<20 { _ = try connection.query("SELECT pg_sleep(0.001)") }
        }
    }
}
