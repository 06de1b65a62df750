import ArgumentParser
import Foundation
import Logging
import Progress
import Torture

/// Finds out what long and hard use brings to light.
@main
struct TortureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "salons-torture", abstract: "Find out what long and hard use brings to light.",
        subcommands: [FightCommand.self, SoakCommand.self], defaultSubcommand: FightCommand.self)

    /// A directory of this process, and loggers that say nothing: what happens is in the report.
    static var directory: String {
        FileManager.default.temporaryDirectory
            .appendingPathComponent("salons-torture-\(ProcessInfo.processInfo.processIdentifier)").path
    }

    static var logger: Logger {
        var logger = Logger(label: "torture")
        logger.logLevel = .critical
        return logger
    }
}

/// Tries the reservation module against a PostgreSQL that is killed again and again.
struct FightCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fight",
        abstract: "Let many clients fight for the same few hours while PostgreSQL is killed, then check everything.",
        discussion: """
            A seed decides what every client wants; a run with the same seed wants the same. The timing of threads and of \
            PostgreSQL is not reproduced. Exits with 1 when something happened that must not.
            """)

    @Option(help: "Requests in all.")
    var attempts = 100_000

    @Option(help: "Decides what the clients want; drawn by lot if not given.")
    var seed: UInt64?

    @Option(help: "Clients at the same time.")
    var clients = 32

    @Option(help: "Seconds between two kills of PostgreSQL; 0 for none.")
    var killEvery = 5.0

    @Option(
        help: ArgumentHelp(
            "A broken protocol, which must be caught: "
                + Sabotage.allCases.map(\.rawValue).joined(separator: ", ") + "."))
    var `protocol`: String?

    @Option(help: "The directory of the migrations and functions.")
    var migrations = "migrations"

    func validate() throws {
        guard attempts > 0, clients > 0, killEvery >= 0 else {
            throw ValidationError("--attempts and --clients are at least 1, --kill-every is not negative")
        }
        if let name = self.protocol, Sabotage(rawValue: name) == nil {
            throw ValidationError("there is no protocol '\(name)'")
        }
    }

    func run() async throws {
        let seed = seed ?? UInt64.random(in: 0...999_999_999)
        print("seed \(seed)")
        let directory = TortureCommand.directory
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let plan = TorturePlan(
            attempts: attempts, seed: seed, clients: clients, killInterval: killEvery,
            sabotage: self.protocol.flatMap(Sabotage.init), directory: directory, migrations: migrations)
        let progress = ProgressLine("Torturing", unit: "requests", total: attempts / clients * clients)
        let report = try await TortureRun(plan, logger: TortureCommand.logger) { progress.advance() }.run()
        progress.clear()
        print(report)
        if !report.violations.isEmpty { throw ExitCode(1) }
    }
}
