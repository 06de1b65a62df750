import ArgumentParser
import Foundation
import Logging

/// The program: one subcommand for each thing that an operator does.
@main
struct SalonsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "salons", abstract: "Which salons are near me, and which can take me now?",
        version: "salons \(ProgramVersion.text)",
        subcommands: [
            UpCommand.self, ServeCommand.self, MigrateCommand.self, ImportCommand.self, SearchCommand.self,
            SlotsCommand.self, BookCommand.self, CalendarCommand.self, EraseCommand.self, TenantCommand.self,
            KeyCommand.self, HostCommand.self, EventsCommand.self, JobsCommand.self, AuditCommand.self,
            DemoCommand.self,
            DoctorCommand.self,
        ])

    static func main() async {
        // A reader of our output that has gone is an error of one write, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            LogWriter.standardError.flush()
        } catch let error where Self.isOurs(error) {
            // One sentence for the person at the terminal; usage texts stay with the argument parser.
            LogWriter.standardError.write("salons: \(error)".forTerminal)
            LogWriter.standardError.flush()
            Foundation.exit(1)
        } catch {
            LogWriter.standardError.flush()
            exit(withError: error)
        }
    }

    private static func isOurs(_ error: any Error) -> Bool {
        !(error is CleanExit || error is ExitCode || error is ValidationError)
            && exitCode(for: error) != .success && exitCode(for: error) != .validationFailure
    }
}

/// Flags that every subcommand takes.
struct CommonOptions: ParsableArguments {
    @Option(help: "JSON file with settings; `salons.json` here is read unless another is named.")
    var config: String?

    @Option(help: "PostgreSQL as a postgres:// URL.")
    var databaseURL: String?

    @Option(help: "Redis as a redis:// or unix:// URL; empty for none.")
    var redisURL: String?

    /// The settings, with these flags before everything else.
    func settings(_ more: [SettingKey: String] = [:]) async throws -> Settings {
        var flags = more
        if let databaseURL { flags[.databaseURL] = databaseURL }
        if let redisURL { flags[.redisURL] = redisURL }
        return try await Settings.load(flags: flags, file: config)
    }
}

/// Makes loggers for a command: JSON lines, or plain ones on a terminal.
func makeLogger(_ label: String, level: Logger.Level) -> Logger {
    Logger(label: label) { JSONLogHandler(label: $0, level: level) }
}
