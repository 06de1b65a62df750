import ArgumentParser
import Foundation
import Progress
import Torture

/// The torture of reservations, and beside it hours of HTTP at a whole service.
struct SoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Load a whole service over HTTP for long, with the torture beside it, and watch its memory.",
        discussion: """
            `salons up` is loaded over HTTP while a torture of 1,000 requests a minute runs beside it; both must be clean \
            in the end. Exits with 1 when the service died, failed a request, or its memory grew.
            """)

    @Option(help: "How long.")
    var minutes = 10.0

    @Option(help: "Decides what the clients want; drawn by lot if not given.")
    var seed: UInt64?

    @Option(help: "HTTP clients at the same time.")
    var clients = 16

    @Option(help: "Invented salons of the service.")
    var salons = 300

    @Option(help: "The program to load.")
    var program = ".build/release/salons"

    @Option(help: "The directory of the migrations and functions.")
    var migrations = "migrations"

    /// Of the torture beside the load; enough to keep a core busy for a part of the time.
    private static let attemptsPerMinute = 1_000.0

    func validate() throws {
        guard minutes > 0, clients > 0, salons > 0 else {
            throw ValidationError("--minutes, --clients and --salons must be positive")
        }
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw ValidationError("there is no program \(program); name one by --program")
        }
    }

    func run() async throws {
        let seed = seed ?? UInt64.random(in: 0...999_999_999)
        print("seed \(seed), \(minutes) minutes")
        let directory = TortureCommand.directory
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let progress = ProgressLine("Soaking", unit: "requests")
        let soak = SoakPlan(
            seconds: minutes * 60, seed: seed, clients: clients, program: program, salons: salons,
            migrations: URL(fileURLWithPath: migrations).path, directory: "\(directory)-soak")
        defer { try? FileManager.default.removeItem(atPath: soak.directory) }
        let fight = TorturePlan(
            attempts: max(32, Int(Self.attemptsPerMinute * minutes)), seed: seed, directory: directory,
            migrations: migrations)
        let beside = Task { try await TortureRun(fight, logger: TortureCommand.logger).run() }
        let loaded = try await SoakRun(soak) { progress.advance() }.run()
        let fought = try await beside.value
        progress.clear()
        print(loaded)
        print(fought)
        if !loaded.violations.isEmpty || !fought.violations.isEmpty { throw ExitCode(1) }
    }
}
