/// Why an import could not begin or go on; what is wrong with single rows is a ``RejectReason``.
public enum ImportingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file cannot be opened or read, with the system's reason.
    case unreadable(path: String, reason: String)
    /// The file is in an encoding that is not read.
    case encoding(String)
    /// A CSV file without a header that names a known column; the first row's cells.
    case noHeader([String])
    /// A mapping to a column that the file does not have, or of a name that is not known.
    case mapping(name: String, column: String, reason: String)
    /// A column that every row would need is missing.
    case missingColumn(String)
    /// A coordinate system that PROJ does not know, with its reason.
    case coordinateSystem(String)
    /// The file is not GeoJSON.
    case notGeoJSON(String)
    /// `osmium` is not installed.
    case osmiumMissing
    /// `osmium` failed, with what it printed.
    case osmium(String)
    /// The rejects file cannot be written.
    case unwritable(path: String, reason: String)
    /// An option with a value that cannot be used.
    case option(String)

    /// A sentence fit for the person who gave the command.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .encoding(let name): "the file is \(name); save it as UTF-8 and import it again"
        case .noHeader(let cells):
            "no cell of the first row (\(cells.prefix(8).joined(separator: ", "))) names a known column; name them "
                + "with --map name=COLUMN, where COLUMN may be a number for a file without a header"
        case .mapping(let name, let column, let reason): "cannot map \(name)=\(column): \(reason)"
        case .missingColumn(let sentence): sentence
        case .coordinateSystem(let sentence): sentence
        case .notGeoJSON(let reason): "the file is not GeoJSON: \(reason)"
        case .osmiumMissing:
            "reading OpenStreetMap files needs the program osmium; install the Debian package osmium-tool"
        case .osmium(let message): "osmium failed: \(message)"
        case .unwritable(let path, let reason): "cannot write \(path): \(reason)"
        case .option(let sentence): sentence
        }
    }
}
