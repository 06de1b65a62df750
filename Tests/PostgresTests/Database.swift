import Harness
import Postgres

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
    func same<T: PostgresEncodable & PostgresDecodable>(_ value: T) throws -> T {
        try query("SELECT \(value)")[0].decode(T.self)
    }
}

extension Rows {
    /// The first column.
    func first<T: PostgresDecodable>(_: T.Type) throws -> [T] { try map { try $0.decode(T.self) } }
}
