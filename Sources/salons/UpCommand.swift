import ArgumentParser
import DemoData
import Foundation
import HTTPKit
import Logging
import Migrations
import ServiceLifecycle
import Tenancy

/// The whole service on one machine: PostgreSQL and Redis as children, migrations, demo, HTTP.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Run everything on this machine: PostgreSQL, Redis, migrations, demo, HTTP.")

    @Option(help: "Directory for data and sockets.")
    var dir = ".local"

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port: Int?

    @Option(help: "How many invented Danish salons the demo has.")
    var demo = 2_000

    @Flag(help: "Start without demo data.")
    var empty = false

    @Option(help: "OpenStreetMap extract that the demo imports.")
    var extract = ".local/downloads/Helsinki.osm.pbf"

    @Option(help: "JSON file with settings; `salons.json` here is read unless another is named.")
    var config: String?

    func validate() throws {
        guard (0...1_000_000).contains(demo) else { throw ValidationError("--demo must be from 0 to 1000000") }
    }

    func run() async throws {
        // The port is tried before anything is started, so that a used one costs a second, not a minute.
        var flags: [SettingKey: String] = [:]
        if let port { flags[.port] = String(port) }
        let asked = try await Settings.load(flags: flags, file: config)
        let logger = makeLogger("salons", level: try asked.logLevel())
        let api = try asked.api()
        try PortProbe.check(host: api.host, port: api.port)

        let stop = StopSignals()
        let servers = try await LocalServers.start(directory: dir, logger: logger)
        let keeper = Task { await servers.keepAlive() }
        do {
            try await serve(servers, stop: stop, flags: flags, logger: logger)
        } catch {
            await end(servers, keeper)
            throw error
        }
        await end(servers, keeper)
    }

    private func end(_ servers: LocalServers, _ keeper: Task<Void, Never>) async {
        Instance.remove(in: dir)
        await servers.stop()
        await keeper.value
    }

    private func serve(
        _ servers: LocalServers, stop: StopSignals, flags: [SettingKey: String], logger: Logger
    ) async throws {
        try await DatabaseSetup.createIfMissing("salons", at: servers.maintenanceURL)
        var flags = flags
        flags[.redisURL] = servers.redisURL
        flags[.databaseURL] = servers.ownerURL
        try await Self.migrate(try await Settings.load(flags: flags, file: config), logger: logger)
        // From here on as an installation has it: with a login that owns nothing.
        try await DatabaseSetup.createLogin(LocalServers.login, at: servers.ownerURL)
        flags[.databaseURL] = servers.databaseURL
        let settings = try await Settings.load(flags: flags, file: config)
        let graph = try ServiceGraph(settings: settings, logger: logger)
        let notes: DemoLoader.Outcome
        do {
            notes =
                empty
                ? DemoLoader.Outcome()
                : try await DemoLoader(graph: graph, count: demo, extract: extract).load(stop: stop)
        } catch {
            await graph.close()
            throw error
        }
        guard !stop.isStopping else {
            await graph.close()
            return
        }
        let dir = dir
        try await graph.serve(settings: settings, stop: stop) { port in
            do {
                try Instance.write(
                    databaseURL: servers.databaseURL, redisURL: servers.redisURL, port: port, in: dir)
            } catch {
                logger.warning("other commands will not find this instance", metadata: ["error": "\(error)"])
            }
            print(await Greeting(graph: graph, port: port, notes: notes.text).text())
            fflush(nil)
        }
    }

    private static func migrate(_ settings: Settings, logger: Logger) async throws {
        let owner = try ServiceGraph(settings: settings, logger: logger)
        do {
            try await owner.migrate(settings)
        } catch {
            await owner.close()
            throw error
        }
        await owner.close()
    }
}
