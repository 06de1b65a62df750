import Postgres

/// Makes databases and logins on a server that this program runs itself.
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

    /// Makes the login that a service works as: a member of `salons_app` and nothing else, so that it can read nothing
    /// until a scope is opened, and can change no table. One of that name that is there becomes so.
    ///
    /// `url` reaches a migrated database as a role that may make roles.
    public static func createLogin(_ name: String, at url: String) async throws {
        let connection = try await Connection.connect(Postgres.Configuration(url))
        do {
            try await createLogin(name, connection)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    private static func createLogin(_ name: String, _ connection: isolated Connection) throws {
        let quoted = "\"\(name.replacing("\"", with: "\"\""))\""
        if try connection.query("SELECT 1 FROM pg_roles WHERE rolname = \(name)").isEmpty {
            try connection.executeScript(unsafe: "CREATE ROLE \(quoted)")
        }
        let others = try connection.query(
            """
            SELECT quote_ident(g.rolname) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = \(name) AND g.rolname <> 'salons_app'
            """
        ).map { try $0.decode(String.self) }
        for other in others { try connection.executeScript(unsafe: "REVOKE \(other) FROM \(quoted)") }
        try connection.executeScript(
            unsafe: """
                ALTER ROLE \(quoted) LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
                GRANT salons_app TO \(quoted);
                """)
    }

    private static func create(_ name: String, _ connection: isolated Connection) throws {
        let found = try connection.query("SELECT 1 FROM pg_database WHERE datname = \(name)")
        guard found.isEmpty else { return }
        let quoted = name.replacing("\"", with: "\"\"")
        try connection.executeScript(unsafe: "CREATE DATABASE \"\(quoted)\"")
    }
}
