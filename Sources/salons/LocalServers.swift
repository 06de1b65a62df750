import LocalServices
import Logging
import Synchronization
import Timing

/// The PostgreSQL and the Redis of `salons up`: started with it, started again when one of them dies, stopped with it.
///
/// The service itself degrades and heals by itself meanwhile; both servers keep their sockets' paths over a restart.
final class LocalServers: Sendable {
    private struct State {
        var postgres: LocalPostgres
        var redis: LocalRedis
        var isStopping = false
    }

    private let state: Mutex<State>
    private let directory: String
    private let logger: Logger

    /// The login that the service works as, and other commands beside it.
    static let login = "salons"

    /// The address of the `salons` database, as the login of a service.
    var databaseURL: String { state.withLock { $0.postgres.url(database: "salons", user: Self.login) } }
    /// The same as the owner of the schema, for migrations alone.
    var ownerURL: String { state.withLock { $0.postgres.url(database: "salons") } }
    /// The address of the database that every cluster has.
    var maintenanceURL: String { state.withLock { $0.postgres.url(database: "postgres") } }
    /// The address of the cache.
    var redisURL: String { state.withLock { $0.redis.url } }

    private init(postgres: LocalPostgres, redis: LocalRedis, directory: String, logger: Logger) {
        self.state = Mutex(State(postgres: postgres, redis: redis))
        self.directory = directory
        self.logger = logger
    }

    /// Starts both, or neither.
    static func start(directory: String, logger: Logger) async throws -> LocalServers {
        let postgres = try await LocalPostgres.start(directory: "\(directory)/postgres", logger: logger)
        do {
            let redis = try await LocalRedis.start(directory: "\(directory)/redis", logger: logger)
            return LocalServers(postgres: postgres, redis: redis, directory: directory, logger: logger)
        } catch {
            await postgres.stop()
            throw error
        }
    }

    /// Watches both and starts again whichever dies, until `stop`.
    func keepAlive() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.keepPostgresAlive() }
            group.addTask { await self.keepRedisAlive() }
        }
    }

    private func keepPostgresAlive() async {
        while true {
            await state.withLock { $0.postgres }.waitUntilExit()
            guard
                await restart(
                    "PostgreSQL",
                    { servers in
                        let postgres = try await LocalPostgres.start(
                            directory: "\(servers.directory)/postgres", logger: servers.logger)
                        servers.state.withLock { $0.postgres = postgres }
                    })
            else { return }
        }
    }

    private func keepRedisAlive() async {
        while true {
            await state.withLock { $0.redis }.waitUntilExit()
            guard
                await restart(
                    "Redis",
                    { servers in
                        let redis = try await LocalRedis.start(
                            directory: "\(servers.directory)/redis", logger: servers.logger)
                        servers.state.withLock { $0.redis = redis }
                    })
            else { return }
        }
    }

    /// False when it is time to stop.
    private func restart(_ name: String, _ start: (LocalServers) async throws -> Void) async -> Bool {
        guard !state.withLock({ $0.isStopping }) else { return false }
        logger.error("\(name) has ended; starting it again")
        var pause = Duration.milliseconds(200)
        while !state.withLock({ $0.isStopping }) {
            do {
                try await start(self)
                logger.notice("\(name) is back")
                return true
            } catch {
                logger.debug("\(name) does not start", metadata: ["error": "\(error)"])
                try? await Pause.sleep(for: pause)
                pause = min(pause * 2, .seconds(5))
            }
        }
        return false
    }

    /// Stops both, the cache first.
    func stop() async {
        let (postgres, redis) = state.withLock { state in
            state.isStopping = true
            return (state.postgres, state.redis)
        }
        await redis.stop()
        await postgres.stop()
    }
}
