/// Why a schema cannot be brought up to date, in terms that an operator can act on.
public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A migration that was applied has another text now.
    case changed(String)
    /// A migration that was applied is not in the directory.
    case missing(String)
    /// The database was made by another set of migrations: the file it has under a number, and the one here.
    case otherSet(applied: String, here: String)
    /// A file in the directory is not named `NNNN_name.sql`, or a number comes twice or is skipped.
    case misnamed(String)
    /// A file below `functions` is not `functions/capability/name.sql`.
    case misnamedFunctions(String)
    /// The directory of migrations, or a file in it, cannot be read.
    case unreadable(String)
    /// The database has functions that came from files, and here is no directory of them.
    case noFunctions(String)
    /// Two files make the same function or trigger.
    case madeTwice(String, first: String, second: String)
    /// A file of functions makes nothing.
    case makesNothing(String)
    /// PostgreSQL refused a file; with its own words.
    case refused(String, reason: String)
    /// A function or trigger that no file makes any more is still needed by something in the database.
    case stillNeeded(String, reason: String)

    /// A sentence for the operator.
    public var description: String {
        switch self {
        case .changed(let name): "migration \(name) was changed after it was applied; restore it and write a new one"
        case .missing(let name):
            "migration \(name) was applied to this database but is not here; this program is older than the database"
        case .otherSet(let applied, let here):
            """
            this database was made by another set of migrations (\(applied), where \(here) is here) and cannot be \
            brought to this one; make a new database, for `salons up` with another --dir, and import again
            """
        case .misnamed(let name): "migration \(name) must be named NNNN_name.sql, numbered without gaps"
        case .misnamedFunctions(let path):
            "\(path) must be named functions/capability/name.sql, in small letters, digits and underscores"
        case .unreadable(let path): "the migrations in \(path) cannot be read"
        case .noFunctions(let directory): "\(directory) has no directory `functions`, which this database was made with"
        case .madeTwice(let object, let first, let second): "\(first) and \(second) both make \(object)"
        case .makesNothing(let file): "\(file) makes no function and no trigger"
        case .refused(let file, let reason): "\(file) cannot be applied: \(reason)"
        case .stillNeeded(let object, let reason):
            "\(object), which no file makes any more, cannot be dropped: \(reason); drop what needs it by a migration"
        }
    }
}
