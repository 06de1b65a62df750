import Foundation
public import LocalServices
import Logging
import Synchronization

/// The PostgreSQL and the Redis of one test process, in temporary directories, gone when the process ends.
public final class TestServices: Sendable {
    /// The cluster; `emptyDatabase()` and `database(template:prepare:)` make databases in it.
    public let postgres: LocalPostgres
    /// The cache server, shared by all tests of the process: a test keeps to keys of its own.
    public let cache: LocalRedis
    private let databases: DatabaseFactory

    private static let started = Mutex<Task<TestServices, any Error>?>(nil)
    private static let running = Mutex<TestServices?>(nil)

    private init(postgres: LocalPostgres, cache: LocalRedis) {
        self.postgres = postgres
        self.cache = cache
        databases = DatabaseFactory(postgres: postgres)
    }

    /// The services of this process, started by whoever asks first.
    public static func shared() async throws -> TestServices {
        let task = started.withLock { started in
            if let started { return started }
            let task = Task { try await start() }
            started = task
            return task
        }
        return try await task.value
    }

    /// The connection URL, as superuser, of a new database with the `postgis` extension and nothing else.
    public func emptyDatabase() async throws -> String {
        try await database(template: "empty") { _ in }
    }

    /// The connection URL, as superuser, of a new database that is a copy of a template.
    ///
    /// The first caller of a name in this process makes the template: a database with the `postgis` extension, which
    /// `prepare` is given the URL of and fills. It must close its connections, since a database in use cannot be
    /// copied. Others wait for that one preparation and, should it fail, all get its error.
    public func database(
        template: String, prepare: @escaping @Sendable (String) async throws -> Void
    ) async throws -> String {
        try await databases.copy(of: template, prepare: prepare)
    }

    /// The address of the shared Redis, `unix://` and the path of its socket.
    public func redis() async throws -> String {
        cache.url
    }

    private static func start() async throws -> TestServices {
        let logger = Logger(label: "test-services")
        let postgres = Task {
            try await LocalPostgres.start(
                directory: makeTemporaryDirectory("postgres"), options: .disposable, logger: logger)
        }
        let cache = try await LocalRedis.start(
            directory: makeTemporaryDirectory("redis"), options: .disposable, logger: logger)
        let services = TestServices(postgres: try await postgres.value, cache: cache)
        running.withLock { $0 = services }
        atexit { TestServices.stopAtExit() }
        return services
    }

    private static func stopAtExit() {
        let services = running.withLock { $0 }
        services?.cache.stopBlocking()
        services?.postgres.stopBlocking()
    }
}
