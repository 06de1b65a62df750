/// Why the migrations cannot be applied, in terms that an operator can act on.
public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A migration that was applied has another text now.
    case changedMigration(String)
    /// A migration that was applied is not in the directory.
    case missingMigration(String)
    /// A file in the directory is not named `NNNN_name.sql`, or a number comes twice or is skipped.
    case misnamedMigration(String)
    /// The directory of migrations cannot be read.
    case unreadableMigrations(String)

    /// A sentence for the operator.
    public var description: String {
        switch self {
        case .changedMigration(let name):
            "migration \(name) was changed after it was applied; restore it and write a new one"
        case .missingMigration(let name):
            "migration \(name) was applied to this database but is not here; this program is older than the database"
        case .misnamedMigration(let name): "migration \(name) must be named NNNN_name.sql, numbered without gaps"
        case .unreadableMigrations(let directory): "the migrations in \(directory) cannot be read"
        }
    }
}
