import Postgres

/// Makes databases on a server that this program runs itself.
public enum DatabaseSetup {
    /// Makes a database unless there is one of that name; `url` reaches another database of the server as a role that
    /// may make databases.
    public static func createIfMissing(_ name: String, at url: String) async throws {
        let connection = try await Connection.connect(Postgres.Configuration(url))
        do {
            try await create(name, connection)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    private static func create(_ name: String, _ connection: isolated Connection) throws {
        let found = try connection.query("SELECT 1 FROM pg_database WHERE datname = \(name)")
        guard found.isEmpty else { return }
        let quoted = name.replacing("\"", with: "\"\"")
        try connection.executeScript(unsafe: "CREATE DATABASE \"\(quoted)\"")
    }
}
