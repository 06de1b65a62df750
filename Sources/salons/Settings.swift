import Configuration
import Foundation
import HTTPKit
import Logging
import Postgres
import Redis

/// One configuration key: what the README's table says and what `salons doctor` checks.
struct SettingKey: Sendable {
    /// Dotted name; the environment's is the same in capitals with underscores.
    var name: String
    /// What it does, one sentence.
    var purpose: String
    /// Text of the value that holds when nothing is said.
    var fallback: String

    /// Name in the environment.
    var environmentName: String { name.uppercased().replacing(".", with: "_") }

    static let databaseURL = SettingKey(
        name: "salons.database.url", purpose: "PostgreSQL, as a `postgres://` URL", fallback: "the running `salons up`")
    static let redisURL = SettingKey(
        name: "salons.redis.url", purpose: "Redis, as a `redis://` or `unix://` URL; empty: no shared cache",
        fallback: "the running `salons up`")
    static let host = SettingKey(name: "salons.host", purpose: "Address to listen on", fallback: "127.0.0.1")
    static let port = SettingKey(name: "salons.port", purpose: "Port to listen on", fallback: "8080")
    static let migrations = SettingKey(
        name: "salons.migrations.dir", purpose: "Directory of the migrations and functions",
        fallback: "`migrations` here or beside the package")
    static let cursorKey = SettingKey(
        name: "salons.cursor.key",
        purpose: "Secret of at least 32 characters that signs cursors; the same on all instances",
        fallback: "random at each start")
    static let databaseConnections = SettingKey(
        name: "salons.database.connections", purpose: "Connections to PostgreSQL", fallback: "32")
    static let statementTimeout = SettingKey(
        name: "salons.database.statement.timeout.ms", purpose: "Longest statement, in milliseconds", fallback: "30000")
    static let redisTimeout = SettingKey(
        name: "salons.redis.timeout.ms", purpose: "Longest wait for the cache, in milliseconds", fallback: "50")
    static let requestDeadline = SettingKey(
        name: "salons.request.deadline.ms", purpose: "Longest answer, in milliseconds", fallback: "10000")
    static let idleTimeout = SettingKey(
        name: "salons.idle.timeout.ms", purpose: "Time for a request's head to arrive on an open connection",
        fallback: "60000")
    static let bodyTimeout = SettingKey(
        name: "salons.body.timeout.ms", purpose: "Time for a request's body to arrive after its head",
        fallback: "10000")
    static let maximumConnections = SettingKey(
        name: "salons.max.connections", purpose: "Open HTTP connections", fallback: "4096")
    static let maximumInFlight = SettingKey(
        name: "salons.max.in.flight", purpose: "Requests under way beyond which 503 is answered", fallback: "512")
    static let drainWait = SettingKey(
        name: "salons.drain.wait.ms",
        purpose: "How long a stopping service says that it is not ready and still answers", fallback: "2000")
    static let drainTimeout = SettingKey(
        name: "salons.drain.timeout.ms",
        purpose: "Longest stop, that wait included; what is under way then is cut off", fallback: "15000")
    static let problemBase = SettingKey(
        name: "salons.problem.base",
        purpose: "What the `type` of a problem begins with: a URL or a path, ending in `/`",
        fallback: "/problems/")
    static let docs = SettingKey(
        name: "salons.docs.dir", purpose: "Directory of Swagger UI's files for `/docs`",
        fallback: "`.local/downloads/swagger-ui` here or beside the package")
    static let outboxRetention = SettingKey(
        name: "salons.outbox.retention.hours", purpose: "How long events of the outbox are kept", fallback: "168")
    static let reconcileInterval = SettingKey(
        name: "salons.reconcile.interval.s", purpose: "How often the directory is compared with PostgreSQL",
        fallback: "300")
    static let availabilityCapacity = SettingKey(
        name: "salons.availability.capacity", purpose: "Salons whose calendars are kept in memory", fallback: "50000")
    static let logLevel = SettingKey(
        name: "salons.log.level", purpose: "trace, debug, info, notice, warning, error or critical", fallback: "info")

    static let all: [SettingKey] = [
        databaseURL, redisURL, host, port, migrations, cursorKey, databaseConnections, statementTimeout, redisTimeout,
        requestDeadline, idleTimeout, bodyTimeout, maximumConnections, maximumInFlight, drainWait, drainTimeout,
        problemBase, docs,
        outboxRetention, reconcileInterval,
        availabilityCapacity, logLevel,
    ]
}

/// A setting that cannot be used, named by its key.
struct SettingError: Error, CustomStringConvertible {
    var key: SettingKey
    var problem: String

    var description: String { "\(key.environmentName) \(problem)" }
}

/// The configuration: flags, then environment, then file, then what a running `salons up` wrote down, then defaults.
struct Settings: Sendable {
    private let reader: ConfigReader
    /// Files that were read, for `doctor`.
    let files: [String]

    /// - Parameters:
    ///   - flags: values from the command line by dotted name.
    ///   - file: a JSON file that must exist; nil reads `salons.json` here if there is one.
    static func load(flags: [SettingKey: String] = [:], file: String? = nil) async throws -> Settings {
        var files: [String] = []
        if let file {
            guard FileManager.default.fileExists(atPath: file) else { throw CommandError("there is no file \(file)") }
            files.append(file)
        } else if FileManager.default.fileExists(atPath: "salons.json") {
            files.append("salons.json")
        }
        if let instance = Instance.find() { files.append(instance) }
        let overrides = Dictionary(
            uniqueKeysWithValues: flags.map {
                (
                    AbsoluteConfigKey($0.key.name.split(separator: ".").map(String.init)),
                    ConfigValue(.string($0.value), isSecret: false)
                )
            })
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: overrides), EnvironmentVariablesProvider(),
        ]
        for file in files {
            let location = ConfigReader(
                provider: InMemoryProvider(values: ["filePath": ConfigValue(.string(file), isSecret: false)]))
            do {
                providers.append(try await FileProvider<JSONSnapshot>(config: location))
            } catch {
                throw CommandError("\(file) is not a JSON object of settings: \(error)")
            }
        }
        return Settings(reader: ConfigReader(providers: providers), files: files)
    }

    private init(reader: ConfigReader, files: [String]) {
        self.reader = reader
        self.files = files
    }

    /// The text of a key, if it is set anywhere.
    func text(_ key: SettingKey) -> String? {
        if let text = reader.string(forKey: ConfigKey(key.name)) { return text }
        return reader.int(forKey: ConfigKey(key.name)).map(String.init)
    }

    private func integer(_ key: SettingKey, in range: ClosedRange<Int>) throws -> Int {
        let text = text(key) ?? key.fallback
        guard let value = Int(text), range.contains(value) else {
            throw SettingError(
                key: key,
                problem: "must be a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return value
    }

    private func milliseconds(_ key: SettingKey) throws -> Duration {
        .milliseconds(try integer(key, in: 1...86_400_000))
    }

    /// PostgreSQL, or a sentence that says how to name it.
    func database() throws -> Postgres.Configuration {
        guard let url = text(.databaseURL) else {
            throw SettingError(
                key: .databaseURL,
                problem: "is not set and no `salons up` runs here; start one, or name a database")
        }
        do {
            var configuration = try Postgres.Configuration(url)
            configuration.applicationName = "salons"
            configuration.poolSize = try integer(.databaseConnections, in: 2...500)
            configuration.statementTimeout = try milliseconds(.statementTimeout)
            return configuration
        } catch let error as PostgresError {
            throw SettingError(key: .databaseURL, problem: "cannot be used: \(error)")
        }
    }

    /// Redis, or nil when the shared cache is switched off or not named.
    func redis() throws -> Redis.Configuration? {
        guard let url = text(.redisURL), !url.isEmpty else { return nil }
        do {
            var configuration = try Redis.Configuration(url: url)
            configuration.commandTimeout = try milliseconds(.redisTimeout)
            return configuration
        } catch let error as RedisError {
            throw SettingError(key: .redisURL, problem: "cannot be used: \(error)")
        }
    }

    /// The HTTP door.
    func api() throws -> HTTPConfiguration {
        let drainWait = try integer(.drainWait, in: 0...10_000)
        let drainTimeout = try integer(.drainTimeout, in: 1...86_400_000)
        guard drainTimeout > drainWait else {
            throw SettingError(
                key: .drainTimeout,
                problem: "must be more than \(SettingKey.drainWait.environmentName), which is \(drainWait)")
        }
        return HTTPConfiguration(
            host: text(.host) ?? SettingKey.host.fallback, port: try integer(.port, in: 0...65_535),
            requestDeadline: try milliseconds(.requestDeadline), idleTimeout: try milliseconds(.idleTimeout),
            bodyTimeout: try milliseconds(.bodyTimeout),
            maximumConnections: try integer(.maximumConnections, in: 1...1_000_000),
            maximumRequestsInFlight: try integer(.maximumInFlight, in: 1...1_000_000),
            drainWait: .milliseconds(drainWait), drainTimeout: .milliseconds(drainTimeout),
            problemBase: try problemBase(),
            docsDirectory: try docsDirectory())
    }

    private func problemBase() throws -> String {
        let text = text(.problemBase) ?? SettingKey.problemBase.fallback
        guard text.hasPrefix("/") || text.hasPrefix("https://") || text.hasPrefix("http://"), text.hasSuffix("/"),
            URL(string: text) != nil
        else { throw SettingError(key: .problemBase, problem: "must be a URL or a path that ends in /, not '\(text)'") }
        return text
    }

    /// Where the files of Swagger UI are; nil where they were not fetched.
    private func docsDirectory() throws -> String? {
        let isThere = { FileManager.default.fileExists(atPath: $0) }
        if let text = text(.docs) {
            guard isThere(text) else { throw SettingError(key: .docs, problem: "names \(text), which does not exist") }
            return text
        }
        return Self.places(for: ".local/downloads/swagger-ui").first(where: isThere)
    }

    /// A relative path here and in the directories above the executable.
    private static func places(for path: String) -> [String] {
        let executable = URL(fileURLWithPath: CommandLine.arguments.first ?? "salons").resolvingSymlinksInPath()
        var directory = executable.deletingLastPathComponent()
        var places = [path]
        for _ in 0..<5 {
            places.append(directory.appendingPathComponent(path).path)
            directory = directory.deletingLastPathComponent()
        }
        return places
    }

    /// The secret that signs cursors, nil when each start makes its own.
    func cursorSecret() throws -> [UInt8]? {
        guard let text = text(.cursorKey) else { return nil }
        guard text.utf8.count >= 32 else {
            throw SettingError(key: .cursorKey, problem: "must have at least 32 characters")
        }
        return Array(text.utf8)
    }

    /// How long events of the outbox are kept.
    func outboxRetention() throws -> Duration {
        .seconds(try integer(.outboxRetention, in: 1...100_000) * 3_600)
    }

    /// How often the directory is compared with PostgreSQL.
    func reconcileInterval() throws -> Duration {
        .seconds(try integer(.reconcileInterval, in: 1...86_400))
    }

    /// How many salons' calendars are kept in memory.
    func availabilityCapacity() throws -> Int {
        try integer(.availabilityCapacity, in: 64...10_000_000)
    }

    /// The least level that is logged.
    func logLevel() throws -> Logger.Level {
        let text = text(.logLevel) ?? SettingKey.logLevel.fallback
        guard let level = Logger.Level(rawValue: text) else {
            throw SettingError(key: .logLevel, problem: "must be \(SettingKey.logLevel.purpose), not '\(text)'")
        }
        return level
    }

    /// Where the migrations are.
    func migrationsDirectory() throws -> String {
        if let text = text(.migrations) {
            guard FileManager.default.fileExists(atPath: text) else {
                throw SettingError(key: .migrations, problem: "names \(text), which does not exist")
            }
            return text
        }
        for candidate in Self.places(for: "migrations") {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: candidate)) ?? []
            if names.contains(where: { $0.hasSuffix(".sql") }) { return candidate }
        }
        throw SettingError(key: .migrations, problem: "is not set and there is no directory `migrations` here")
    }
}

extension SettingKey: Hashable {
    static func == (left: SettingKey, right: SettingKey) -> Bool { left.name == right.name }

    func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
