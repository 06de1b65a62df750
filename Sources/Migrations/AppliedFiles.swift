import Postgres

/// What a database says that was applied to it.
struct AppliedFiles {
    /// A file of functions as it was applied.
    struct Functions {
        let checksum: String
        /// The functions and triggers that it made, as `DROP` names them.
        let objects: [String]
    }

    /// What is to be done.
    struct Pending {
        var migrations: [Migration] = []
        /// Files that are new or have changed, or that lack something that they had made.
        var functions: [FunctionFile] = []
        /// Paths of files that are gone.
        var removed: [String] = []
        /// All files of functions as they were applied, by path.
        let applied: [String: Functions]

        var names: [String] { migrations.map(\.name) + functions.map(\.path) + removed }
    }

    /// Makes the tables that this is written down in.
    static let tables = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE IF NOT EXISTS schema_function (
            file text PRIMARY KEY, checksum text NOT NULL, objects text[] NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now());
        """

    private let migrations: [Int32: (name: String, checksum: String)]
    private let functions: [String: Functions]
    private let present: Set<String>

    /// Asks a connection whose search path is `public`; a database without these tables has had nothing applied.
    static func read(_ connection: isolated Connection) throws -> AppliedFiles {
        var migrations: [Int32: (name: String, checksum: String)] = [:]
        var functions: [String: Functions] = [:]
        if try isThere("schema_migration", connection) {
            for row in try connection.query("SELECT number, name, checksum FROM schema_migration") {
                let (number, name, checksum) = try row.decode(Int32.self, String.self, String.self)
                migrations[number] = (name, checksum)
            }
        }
        if try isThere("schema_function", connection) {
            for row in try connection.query("SELECT file, checksum, objects FROM schema_function") {
                let (file, checksum, objects) = try row.decode(String.self, String.self, [String].self)
                functions[file] = Functions(checksum: checksum, objects: objects)
            }
        }
        let present = Set(try SchemaObjects.read(connection).versions.keys)
        return AppliedFiles(migrations: migrations, functions: functions, present: present)
    }

    private static func isThere(_ table: String, _ connection: isolated Connection) throws -> Bool {
        try connection.query("SELECT to_regclass(\("public." + table)) IS NOT NULL")[0].decode(Bool.self)
    }

    /// What these files ask for. Throws `MigrationError` when they cannot be applied to this database.
    func pending(_ files: SchemaFiles) throws -> Pending {
        var pending = Pending(applied: functions)
        for migration in files.migrations {
            guard let applied = migrations[migration.number], applied.name != migration.name else { continue }
            throw MigrationError.otherSet(applied: applied.name, here: migration.name)
        }
        var beyond = migrations
        for migration in files.migrations {
            guard let applied = beyond.removeValue(forKey: migration.number) else {
                pending.migrations.append(migration)
                continue
            }
            guard applied.checksum == migration.checksum else { throw MigrationError.changed(migration.name) }
        }
        if let missing = beyond.values.map(\.name).min() { throw MigrationError.missing(missing) }
        // A directory that was left behind in a copy must not drop every function.
        guard let here = files.functions ?? (functions.isEmpty ? [] : nil) else {
            throw MigrationError.noFunctions(files.directory)
        }
        pending.functions = here.filter { file in
            guard let applied = functions[file.path] else { return true }
            return applied.checksum != file.checksum || !present.isSuperset(of: applied.objects)
        }
        pending.removed = Set(functions.keys).subtracting(here.map(\.path)).sorted()
        return pending
    }
}
