/// How to read a file.
public struct ImportOptions: Sendable, Hashable {
    /// Name of the source, under which the salons are found again.
    public var source: String
    /// The file's column for a name of ``Column``.
    public var mapping: [String: String] = [:]
    /// Coordinate system of `x` and `y`, such as `EPSG:25832`; nil when the file has `lat` and `lon`.
    public var coordinateSystem: String?
    /// ISO 3166-1 alpha-2 code of rows that do not name a country. Without it a row whose postcode and town are those
    /// of a Danish postcode counts as Danish for the checks.
    public var country: String?
    /// Where rejected rows are written; nil for nowhere.
    public var rejectsPath: String?
    /// Where what is wrong with accepted rows is written, a line each; nil for nowhere.
    public var warningsPath: String?
    /// Rows of one call of the target.
    public var batchSize = 5_000

    /// Options with which a file needs nothing but a name for its source.
    public init(source: String) {
        self.source = source
    }
}
