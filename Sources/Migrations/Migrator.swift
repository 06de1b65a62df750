public import Logging
public import Postgres

/// Brings a database's schema to what the SQL files of a directory say: numbered migrations, each applied once, then
/// the files of functions that are new or have changed, and functions that no file makes any more are dropped.
///
/// All of it is one transaction, so that a failure leaves the database as it was. A session advisory lock makes two
/// runners wait for each other; checksums find a migration that was changed after it was applied. Connects by itself,
/// as the owner of the schema and not as the service's role.
public struct Migrator: Sendable {
    let files: SchemaFiles
    private let configuration: Postgres.Configuration
    private let logger: Logger
    private static let lockKey: Int64 = 0x7361_6C6F_6E73

    /// Reads the directory. Throws `MigrationError` when a file is misnamed or cannot be read.
    public init(directory: String, configuration: Postgres.Configuration, logger: Logger) throws {
        self.files = try SchemaFiles(directory: directory)
        self.configuration = configuration
        self.logger = logger
    }

    /// The numbered files, in order.
    public var migrations: [Migration] { files.migrations }
    /// The files of functions, in order of their paths.
    public var functions: [FunctionFile] { files.functions ?? [] }

    /// Applies what is missing and returns the names of the files that were applied, or that are gone and whose
    /// functions were dropped.
    public func migrate() async throws -> [String] {
        let files = files
        let applied = try await withConnection { connection in try Self.migrate(connection, to: files) }
        for name in applied { logger.info("applied to the schema", metadata: ["file": "\(name)"]) }
        return applied
    }

    /// The names of what `migrate` would apply. Writes nothing; a login that is only a member of `salons_app` will do.
    public func pending() async throws -> [String] {
        let files = files
        return try await withConnection { connection in
            try connection.executeScript(unsafe: "SET search_path = public")
            // The service's own login can read nothing but as what it is a member of.
            let mayRead = try connection.query(
                """
                SELECT coalesce(has_table_privilege(to_regclass('public.schema_migration'), 'SELECT'), true)
                """)[0].decode(Bool.self)
            if !mayRead { try connection.executeScript(unsafe: "SET ROLE salons_app") }
            return try AppliedFiles.read(connection).pending(files).names
        }
    }

    private static func migrate(_ connection: isolated Connection, to files: SchemaFiles) throws -> [String] {
        connection.setAnswerLimit(nil)
        try connection.executeScript(unsafe: "SET statement_timeout = 0; SET search_path = public")
        // Closing the connection gives the lock back.
        _ = try connection.query("SELECT pg_advisory_lock(\(lockKey))::text")
        return try connection.transaction { connection in
            try connection.executeScript(unsafe: AppliedFiles.tables)
            let work = try AppliedFiles.read(connection).pending(files)
            for migration in work.migrations { try apply(migration, connection) }
            try FunctionChanges.apply(work, connection)
            return work.names
        }
    }

    private static func apply(_ migration: Migration, _ connection: isolated Connection) throws {
        do {
            try connection.executeScript(unsafe: migration.text)
        } catch {
            guard error.kind == .server else { throw error }
            throw MigrationError.refused(migration.name, reason: error.message)
        }
        try connection.execute(
            """
            INSERT INTO schema_migration (number, name, checksum)
            VALUES (\(migration.number), \(migration.name), \(migration.checksum))
            """)
    }

    private func withConnection<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
        let connection = try await Connection.connect(configuration)
        do {
            let value = try await Self.turn(connection, body)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    private static func turn<R: Sendable>(
        _ connection: isolated Connection, _ body: @Sendable (isolated Connection) throws -> R
    ) throws -> R {
        try body(connection)
    }
}
