import ArgumentParser
import Logging

/// Brings the schema up to date.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database's schema up to date; the login must own it and may make roles.")

    @OptionGroup var common: CommonOptions

    @Flag(help: "Only say what would be applied.")
    var dryRun = false

    func run() async throws {
        let settings = try await common.settings()
        let graph = try ServiceGraph(settings: settings, logger: makeLogger("salons", level: .warning))
        // That nothing is missing can be said as any login.
        var names = try await graph.pendingMigrations(settings)
        if !dryRun, !names.isEmpty { names = try await graph.migrate(settings) }
        await graph.close()
        if names.isEmpty {
            print("The schema is up to date.")
        } else {
            for name in names { print(dryRun ? "would apply \(name)" : "applied \(name)") }
        }
    }
}
