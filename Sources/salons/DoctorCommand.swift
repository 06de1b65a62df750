import ArgumentParser
import Foundation
import HTTPKit
import LocalServices
import Logging
import Migrations
import Postgres
import Redis
import Tenancy

/// Checks what the service stands on and says how to mend what is wrong.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check packages, settings, PostgreSQL and Redis, and say how to mend them.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        var report = DoctorReport()
        await checkPackages(&report)
        let settings: Settings
        do {
            settings = try await common.settings()
            report.good(
                "settings", settings.files.isEmpty ? "environment and defaults" : settings.files.joined(separator: ", ")
            )
        } catch {
            report.bad("settings", "\(error)", mend: "correct or remove the file")
            report.finish()
            throw ExitCode(1)
        }
        checkEnvironment(&report)
        check("HTTP settings", &report) { _ = try settings.api() }
        checkDescriptors(settings, &report)
        do {
            if try settings.cursorSecret() == nil {
                report.note(
                    "cursor key",
                    "not set: cursors end with each process; set \(SettingKey.cursorKey.environmentName)")
            } else {
                report.good("cursor key", "set")
            }
        } catch {
            report.bad("cursor key", "\(error)", mend: "set 32 characters or more")
        }
        await checkDatabase(settings, &report)
        await checkRedis(settings, &report)
        report.finish()
        if report.problems > 0 { throw ExitCode(1) }
    }

    private func checkPackages(_ report: inout DoctorReport) async {
        do {
            let missing = try await DebianPackages.missing()
            if missing.isEmpty {
                report.good("Debian packages", "all there")
            } else {
                report.bad(
                    "Debian packages", "missing: \(missing.joined(separator: " "))",
                    mend: "sudo apt-get install --no-install-recommends \(missing.joined(separator: " "))")
            }
        } catch {
            report.note("Debian packages", "cannot be checked here: \(error)")
        }
    }

    private func checkEnvironment(_ report: inout DoctorReport) {
        let known = Set(SettingKey.all.map(\.environmentName))
        let unknown = ProcessInfo.processInfo.environment.keys
            .filter { $0.hasPrefix("SALONS_") && !known.contains($0) && !$0.hasPrefix("SALONS_PROPERTY_") }
        for name in unknown.sorted() {
            report.bad("environment", "\(name) is not a setting", mend: "see the README's table, or unset it")
        }
    }

    private func checkDescriptors(_ settings: Settings, _ report: inout DoctorReport) {
        guard let wanted = try? settings.api().maximumConnections else { return }
        let limit = DescriptorLimit.raise()
        let pool = (try? settings.database().poolSize) ?? Int(SettingKey.databaseConnections.fallback) ?? 32
        let possible = limit.connections(databaseConnections: pool)
        if possible >= wanted {
            report.good("open files", "\(limit.current) allowed, enough for \(wanted) connections")
        } else {
            report.note(
                "open files",
                "\(limit.current) allowed, which leaves \(possible) connections instead of \(wanted); raise ulimit -n")
        }
    }

    private func check(_ title: String, _ report: inout DoctorReport, _ body: () throws -> Void) {
        do {
            try body()
            report.good(title, "usable")
        } catch {
            report.bad(title, "\(error)", mend: "correct the value")
        }
    }

    private func checkDatabase(_ settings: Settings, _ report: inout DoctorReport) async {
        let configuration: Postgres.Configuration
        do {
            configuration = try settings.database()
        } catch {
            report.bad(
                "PostgreSQL", "\(error)", mend: "start `salons up`, or set \(SettingKey.databaseURL.environmentName)")
            return
        }
        do {
            let connection = try await Connection.connect(configuration)
            let facts = try await DatabaseFacts.read(connection)
            await connection.close()
            facts.report(to: &report)
        } catch {
            report.bad("PostgreSQL", "\(error)", mend: "is the server running, and does the login exist?")
            return
        }
        do {
            let graph = try ServiceGraph(settings: settings, logger: makeLogger("salons", level: .critical))
            let pending = try await graph.pendingMigrations(settings)
            await graph.close()
            if pending.isEmpty {
                report.good("migrations", "all applied")
            } else {
                report.bad("migrations", "\(pending.count) missing, from \(pending[0]) on", mend: "salons migrate")
            }
        } catch {
            report.bad("migrations", "\(error)", mend: "see the sentence before")
        }
    }

    private func checkRedis(_ settings: Settings, _ report: inout DoctorReport) async {
        do {
            guard let configuration = try settings.redis() else {
                report.note("Redis", "not named: costly answers are not shared between instances")
                return
            }
            let client = try Redis.Client(configuration, logger: makeLogger("redis", level: .critical))
            defer { client.shutdown() }
            let replies = try await client.send([.ping, Command([Array("INFO".utf8), Array("server".utf8)])])
            let text = replies.last?.text ?? ""
            let version = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("redis_version:") }?.dropFirst(
                14)
            report.good("Redis", version.map { "version \($0)" } ?? "answers")
        } catch {
            report.bad("Redis", "\(error)", mend: "is the server running? Without it the service works, more slowly")
        }
    }
}
