import Postgres
import TestSupport

/// A fresh database with PostGIS for one test.
func freshConfiguration(_ adjust: (inout Configuration) -> Void = { _ in }) async throws -> Configuration {
    var configuration = try Configuration(try await TestServices.shared().emptyDatabase())
    adjust(&configuration)
    return configuration
}

func freshConnection(_ adjust: (inout Configuration) -> Void = { _ in }) async throws -> Connection {
    try await Connection.connect(try await freshConfiguration(adjust))
}

extension Connection {
    /// Runs a body as one turn.
    func turn<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) throws -> R { try body(self) }

    func same<T: PostgresEncodable & PostgresDecodable>(_ value: T) throws -> T {
        try query("SELECT \(value)")[0].decode(T.self)
    }
}

extension Rows {
    /// The first column.
    func first<T: PostgresDecodable>(_: T.Type) throws -> [T] { try map { try $0.decode(T.self) } }
}

/// Waits for a condition that other tasks bring about, so that a test need not guess how long that takes.
func eventually(_ condition: @Sendable () async throws -> Bool) async throws -> Bool {
    for _ in 0..<6_000 {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
