public import ArgumentParser
import Catalogue
import Foundation
public import Importing
import JSON
import Logging
import Progress
import Salons
import Tenancy

extension ImportFormat: ExpressibleByArgument {}

/// Loads a list of salons for one tenant.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Load salons from CSV, GeoJSON or an OpenStreetMap extract.",
        discussion: """
            Importing the same file again changes nothing; a changed file changes what it says. Rows that cannot be \
            right go to the rejects file with the reason, and can be corrected and imported from there.

            Columns of a CSV file, properties of GeoJSON: a name and a position are needed, all others may be missing or \
            empty. Case does not matter in their names, and spaces and hyphens count as underscores. Others are kept as \
            source data.

            \(Column.listing)
            """)

    @Argument(help: "File to import.")
    var file: String

    @Option(help: "Slug of the tenant that the salons belong to.")
    var tenant: String

    @Option(help: "Format of the file; recognised from its name and content unless said.")
    var format: ImportFormat?

    @Option(help: "A column under another name, NAME=COLUMN; may be repeated.")
    var map: [String] = []

    @Option(help: "Coordinate system of the columns x and y, such as EPSG:25832.")
    var crs: String?

    @Option(help: "Name of the source; the file's name unless said (`openstreetmap` for extracts).")
    var source: String?

    @Option(help: "Country of rows that name none, ISO 3166-1 alpha-2.")
    var country: String?

    @Option(help: "File for the rows that were refused.")
    var rejects: String?

    @Option(help: "File for what is wrong with rows that were accepted: line, warning and reason.")
    var warnings: String?

    @Flag(help: "Check everything and write nothing.")
    var dryRun = false

    @Flag(help: "One JSON object a line on standard output instead of a bar and a table.")
    var jsonProgress = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw CommandError("cannot read \(file)")
        }
        try checkOutputs()
        guard let slug = TenantSlug(tenant) else { throw CommandError("'\(tenant)' is not a tenant's slug") }
        let format = try format ?? ImportFormat(path: file)
        let options = try options(format: format)
        let reader = try format.reader(path: file, options: options)
        let settings = try await common.settings()
        let graph = try ServiceGraph(settings: settings, logger: makeLogger("salons", level: .warning))
        let report: ImportReport
        do {
            let scope = try await graph.resolver.commandLineScope(tenant: slug)
            report = try await load(
                reader, into: SalonRepository(graph.database, scope: scope), options: options)
        } catch {
            await graph.close()
            throw error
        }
        await graph.close()
        if jsonProgress {
            print(ImportSummary(report: report, isDryRun: dryRun).json)
        } else {
            print(
                ImportSummary(
                    report: report, isDryRun: dryRun, hasRejects: rejects != nil, hasWarnings: warnings != nil
                ).text)
            if report.rejected > 0, let rejects { print("\nAll refused rows are in \(rejects).") }
            if !report.warnings.isEmpty, let warnings { print("\nAll warnings are in \(warnings).") }
        }
        if report.accepted == 0, report.read > 0 { throw ExitCode(1) }
    }

    /// No file that is written may be another of this command's: the list itself would be lost.
    private func checkOutputs() throws(CommandError) {
        let files = [file, rejects, warnings].compactMap { $0 }
            .map { URL(fileURLWithPath: $0).standardizedFileURL.resolvingSymlinksInPath().path }
        guard Set(files).count == files.count else {
            throw CommandError("the file to import, --rejects and --warnings must be different files")
        }
    }

    private func load(
        _ reader: any RowReader, into repository: SalonRepository, options: ImportOptions
    ) async throws -> ImportReport {
        let bar = ProgressLine(dryRun ? "Checking" : "Importing", unit: "rows")
        let isJSON = jsonProgress
        func show(_ progress: ImportProgress) {
            if isJSON {
                let line: JSONValue = [
                    "bytes_read": .integer(progress.bytesRead), "bytes_total": .integer(progress.bytesTotal),
                    "rows": .integer(progress.rows), "rejected": .integer(progress.rejected),
                ]
                print(line)
            } else {
                bar.update(
                    count: progress.rows,
                    fraction: progress.bytesTotal > 0
                        ? Double(progress.bytesRead) / Double(progress.bytesTotal) : nil)
            }
        }
        defer { bar.clear() }
        return dryRun
            ? try await Importer.run(reader, into: NoTarget(), options: options, progress: show)
            : try await Importer.run(reader, into: repository, options: options, progress: show)
    }

    private func options(format: ImportFormat) throws -> ImportOptions {
        let name = URL(fileURLWithPath: file).lastPathComponent
        var options = ImportOptions(source: source ?? (format == .osm ? "openstreetmap" : name))
        for pair in map {
            guard let equals = pair.firstIndex(of: "="), equals != pair.startIndex else {
                throw CommandError("--map \(pair): write NAME=COLUMN, such as name=Firmanavn")
            }
            options.mapping[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
        }
        if let country {
            guard country.utf8.count == 2 else {
                throw CommandError("--country \(country): write two letters, such as DK")
            }
            options.country = country.uppercased()
        }
        options.coordinateSystem = crs
        options.rejectsPath = rejects
        options.warningsPath = warnings
        return options
    }
}

/// Takes everything and keeps nothing, for a dry run: what would be written counts as new.
private struct NoTarget: ImportTarget {
    func upsert(_ rows: [ImportedSalon]) async throws -> UpsertCounts {
        UpsertCounts(inserted: rows.count)
    }
}
