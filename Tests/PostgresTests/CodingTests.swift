import Foundation
import Geodesy
import Harness
import Postgres
import Testing

@Suite struct CodingTests {
    @Test func `every type comes back as it was bound`() async throws {
        let connection = try await freshConnection()
        func check<T: PostgresEncodable & PostgresDecodable & Equatable & Sendable>(_ values: T...) async throws {
            for value in values { #expect(try await connection.same(value) == value) }
            #expect(try await connection.same(values) == values)
            #expect(try await connection.same([T]()) == [])
            #expect(try await connection.same([values[0], nil]) == [values[0], nil])
            #expect(try await connection.same(T?.none) == nil)
        }
        try await check(true, false)
        try await check(Int16.min, 0, Int16.max)
        try await check(Int32.min, 0, Int32.max)
        try await check(Int64.min, 0, Int64.max)
        try await check(Int.min, -1, Int.max)
        try await check(0.1, -Double.infinity, .greatestFiniteMagnitude)
        try await check(Float(0.1), .infinity)
        try await check("", "naïve 'quote' \\ 💈", "$1")
        try await check(UUID(), UUID())
        try await check(Bytes([0, 255, 1]), Bytes([]))
        try await check(JSONB("{\"a\": [1, null]}"))
        try await check(TransactionID(rawValue: .max), TransactionID(rawValue: 3))
        try await check(LogPosition(rawValue: 77))
        let day = Date(timeIntervalSince1970: 1_790_000_000.25)
        try await check(day, .distantPast, .distantFuture, Date(timeIntervalSince1970: -5))
        try await check(
            TimestampRange(day..<day + 60), .empty, TimestampRange(lower: .unbounded, upper: .inclusive(day)),
            TimestampRange(lower: .exclusive(day), upper: .unbounded),
            TimestampRange(lower: .unbounded, upper: .unbounded))
        try await check(
            Coordinate(uncheckedLatitude: 52.5, longitude: 13.4), Coordinate(uncheckedLatitude: -90, longitude: 180))
        #expect(try await connection.same(Double.nan).isNaN)
    }

    @Test func `latitude and longitude keep their order`() async throws {
        let connection = try await freshConnection()
        let place = Coordinate(uncheckedLatitude: 52.5, longitude: 13.4)
        let row = try await connection.query("SELECT ST_Y(p::geometry), ST_X(p::geometry) FROM (SELECT \(place) p) q")[
            0]
        #expect(try row.decode(Double.self, Double.self) == (52.5, 13.4))
    }

    @Test func `the server reads dates and ranges as meant`() async throws {
        let connection = try await freshConnection()
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let range = TimestampRange(start..<start + 3600)
        let row = try await connection.query(
            """
            SELECT extract(epoch FROM \(start))::int8, extract(epoch FROM upper(\(range)))::int8,
                upper_inc(\(range)), \(Date.distantFuture) = 'infinity'
            """)[0]
        #expect(try row.decode(Int.self, column: "extract") == 1_700_000_000)
        #expect(try row.decode(Int.self, Int.self, Bool.self, Bool.self) == (1_700_000_000, 1_700_003_600, false, true))
    }

    @Test(arguments: ["int2", "int4", "int8"])
    func `an integer of any width decodes if it fits`(type: String) async throws {
        let connection = try await freshConnection()
        let row = try await connection.query("SELECT \(unsafe: "300::\(type)") AS n")[0]
        #expect(try row.decode(Int.self) == 300)
        #expect(try row.decode(Int32.self, column: "n") == 300)
    }

    @Test func `a wrong type names column, wanted type and OID`() async throws {
        let connection = try await freshConnection()
        let row = try await connection.query("SELECT 'x'::text AS title, NULL::int8 AS n, 70000 AS big")[0]
        #expect { try row.decode(Int.self, column: "title") } throws: { error in
            let text = String(describing: error)
            return text.contains("title") && text.contains("Int") && text.contains("25")
        }
        #expect(throws: PostgresError.self) { try row.decode(Int.self, column: "n") }
        #expect(throws: PostgresError.self) { try row.decode(Int16.self, column: "big") }
        #expect(try row.decode(Int?.self, column: "n") == nil)
    }
}
