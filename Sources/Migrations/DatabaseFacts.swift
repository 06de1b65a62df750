public import Postgres

/// What `salons doctor` wants to know of a database.
public struct DatabaseFacts: Sendable, Hashable {
    /// `server_version_num`, such as 150013.
    public let serverVersion: Int
    /// Version of PostGIS that is installed in the database, if any.
    public let postgis: String?
    /// Version of PostGIS that could be installed, if any.
    public let availablePostGIS: String?
    /// Whether the login passes row-level security by; the service never works as it, but a smaller login is better.
    public let isSuperuser: Bool
    /// Whether acknowledged commits survive a crash.
    public let synchronousCommit: String

    /// Asks a connection.
    public static func read(_ connection: isolated Connection) throws -> DatabaseFacts {
        let row = try connection.query(
            """
            SELECT current_setting('server_version_num')::integer,
                (SELECT extversion FROM pg_extension WHERE extname = 'postgis'),
                (SELECT default_version FROM pg_available_extensions WHERE name = 'postgis'),
                (SELECT rolsuper FROM pg_roles WHERE rolname = session_user), current_setting('synchronous_commit')
            """)[0]
        let (version, postgis, available, isSuperuser, commit) = try row.decode(
            Int.self, String?.self, String?.self, Bool.self, String.self)
        return DatabaseFacts(
            serverVersion: version, postgis: postgis, availablePostGIS: available, isSuperuser: isSuperuser,
            synchronousCommit: commit)
    }
}
