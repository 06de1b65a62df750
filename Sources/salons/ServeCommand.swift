import ArgumentParser
import Foundation
import HTTPKit
import Logging

/// The service alone, against a PostgreSQL and a Redis that run elsewhere.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve HTTP against the configured PostgreSQL and Redis.")

    @OptionGroup var common: CommonOptions

    @Option(help: "Address to listen on.")
    var host: String?

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port: Int?

    func run() async throws {
        let stop = StopSignals()
        var flags: [SettingKey: String] = [:]
        if let host { flags[.host] = host }
        if let port { flags[.port] = String(port) }
        let settings = try await common.settings(flags)
        let logger = makeLogger("salons", level: try settings.logLevel())
        if try settings.cursorSecret() == nil {
            logger.notice("\(SettingKey.cursorKey.environmentName) is not set: cursors end with this process")
        }
        let graph = try ServiceGraph(settings: settings, logger: logger)
        let pending = try await graph.pendingMigrations(settings)
        guard pending.isEmpty else {
            await graph.close()
            throw CommandError(
                "the schema lacks \(pending.count) files, from \(pending[0]) on; run `salons migrate` first")
        }
        let host = try settings.api().host
        try await graph.serve(settings: settings, stop: stop) { port in
            print("ready http://\(host):\(port)")
            fflush(nil)
        }
    }
}
