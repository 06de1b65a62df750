import Crypto
import Foundation
public import Logging
public import Postgres

/// Brings a database's schema up to the numbered SQL files of a directory, each once and in one transaction.
///
/// A session advisory lock makes two runners wait for each other; checksums find a file that was changed afterwards.
/// Connects by itself, as the owner of the schema and not as the service's role.
public struct Migrator: Sendable {
    /// One numbered file.
    public struct Migration: Sendable, Hashable {
        /// Its number, from 1.
        public let number: Int32
        /// Its file name.
        public let name: String
        /// SHA-256 of the file, in hexadecimal.
        public let checksum: String
        let text: String
    }

    /// The files, in order.
    public let migrations: [Migration]
    private let configuration: Postgres.Configuration
    private let logger: Logger
    private static let lockKey: Int64 = 0x7361_6C6F_6E73

    /// Reads the directory. Throws `MigrationError` when a file is misnamed or cannot be read.
    public init(directory: String, configuration: Postgres.Configuration, logger: Logger) throws {
        self.configuration = configuration
        self.logger = logger
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            throw MigrationError.unreadableMigrations(directory)
        }
        self.migrations = try names.filter { $0.hasSuffix(".sql") }.sorted().enumerated().map { index, name in
            let digits = name.prefix { $0.isNumber }
            guard digits.utf8.count == 4, let number = Int32(digits), Int(number) == index + 1,
                name.dropFirst(4).hasPrefix("_")
            else { throw MigrationError.misnamedMigration(name) }
            guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)"),
                let text = String(validating: data, as: UTF8.self)
            else { throw MigrationError.unreadableMigrations("\(directory)/\(name)") }
            let checksum = SHA256.hash(data: data).map { byte in
                String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }
            return Migration(number: number, name: name, checksum: checksum.joined(), text: text)
        }
        guard !migrations.isEmpty else { throw MigrationError.unreadableMigrations(directory) }
    }

    /// Applies what is missing and returns the names of what was applied.
    public func migrate() async throws -> [String] {
        try await withLock { connection in
            let pending = try pending(connection)
            for migration in pending {
                try connection.transaction { connection in
                    try connection.executeScript(unsafe: migration.text)
                    try connection.execute(
                        """
                        INSERT INTO schema_migration (number, name, checksum)
                        VALUES (\(migration.number), \(migration.name), \(migration.checksum))
                        """)
                }
                logger.info("applied migration", metadata: ["migration": "\(migration.name)"])
            }
            return pending.map(\.name)
        }
    }

    /// The names of what `migrate` would apply. Writes nothing; a login that is only a member of `salons_app` will do.
    public func pending() async throws -> [String] {
        try await withConnection { connection in
            let isThere = try connection.query("SELECT to_regclass('public.schema_migration') IS NOT NULL")[0]
                .decode(Bool.self)
            guard isThere else { return migrations.map(\.name) }
            let isMember = try connection.query(
                """
                SELECT coalesce(bool_or(pg_has_role(session_user, oid, 'MEMBER')), false) FROM pg_roles
                WHERE rolname = 'salons_app'
                """)[0].decode(Bool.self)
            if isMember { try connection.executeScript(unsafe: "SET ROLE salons_app") }
            return try pending(connection).map(\.name)
        }
    }

    private func withLock<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
        try await withConnection { connection in try Self.locked(connection, body) }
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

    private static func locked<R: Sendable>(
        _ connection: isolated Connection, _ body: @Sendable (isolated Connection) throws -> R
    ) throws -> R {
        connection.setAnswerLimit(nil)
        try connection.executeScript(unsafe: "SET statement_timeout = 0")
        // Closing the connection gives the lock back.
        _ = try connection.query("SELECT pg_advisory_lock(\(lockKey))::text")
        try connection.executeScript(
            unsafe: """
                CREATE TABLE IF NOT EXISTS schema_migration (
                    number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now())
                """)
        return try body(connection)
    }

    private func pending(_ connection: isolated Connection) throws -> [Migration] {
        var applied: [Int32: (name: String, checksum: String)] = [:]
        var pending: [Migration] = []
        for row in try connection.query("SELECT number, name, checksum FROM schema_migration") {
            let (number, name, checksum) = try row.decode(Int32.self, String.self, String.self)
            applied[number] = (name, checksum)
        }
        for migration in migrations {
            guard let found = applied.removeValue(forKey: migration.number) else {
                pending.append(migration)
                continue
            }
            guard found.checksum == migration.checksum else { throw MigrationError.changedMigration(migration.name) }
        }
        if let missing = applied.values.map(\.name).min() { throw MigrationError.missingMigration(missing) }
        return pending
    }
}
