import Catalogue
import DemoData
public import Directory
public import Discovery
import Events
public import Foundation
import Geodesy
import Postgres
public import Redis
public import Reservations
public import Salons
public import Scheduling
import ServiceLifecycle
public import Synchronization
public import Tenancy

/// What stands behind the HTTP door: a migrated database with invented salons, Redis, the directory that follows them.
public final class Backend: Sendable {
    /// The database with the invented salons.
    public let store: Store
    /// What can be found.
    public let directory: Directory
    /// The cache.
    public let redis: Redis.Client
    /// Searches with Redis, by a clock that stands still.
    public let discovery: Discovery
    /// As `discovery`, without Redis.
    public let uncached: Discovery
    /// All that is logged.
    public let log = RecordedLog()
    /// The only writer of bookings.
    public let reservations: Reservations
    /// Whom the door has told of whose time has changed.
    public let told = Mutex<[(salon: SalonID, staff: [StaffID])]>([])
    /// As the service reaches the database.
    public var database: ScopedDatabase { store.database }
    /// Tenants and their keys.
    public var tenants: TenantRepository { store.tenants }
    /// Scopes of tenants and of keys.
    public var resolver: CredentialResolver { store.resolver }
    private let services: ServiceGroup
    private let running: Task<Void, any Error>

    /// Tuesday 24 November 2026, 11:30:15 in Denmark: many salons are open. The clock of the answers stands still.
    public static let instant = Date(timeIntervalSince1970: 1_795_516_215)
    /// The tenants of the invented salons.
    public static let slugs = ["opdigtet-kaede-1", "opdigtet-kaede-2", "opdigtet-kaede-3"]

    /// Salons on a street of Copenhagen beside those that the generator strews over the country, so that a radius of a
    /// kilometre holds a page and more.
    public static let profiles: [SalonProfile] = DemoGenerator(seed: 7, count: 400).enumerated().map {
        number, profile in
        var profile = profile
        if number % 2 == 0 {
            let (column, row) = (Double(number / 40), Double(number % 40))
            profile.location = Coordinate(uncheckedLatitude: 55.67 + row * 0.0005, longitude: 12.55 + column * 0.001)
        }
        return profile
    }

    private init(
        databaseURL: String, redisURL: String, waitDeadline: Duration, patience: ReservationsConfiguration
    ) throws {
        let logger = log.logger("backend")
        var configuration = try Postgres.Configuration(databaseURL)
        configuration.longestBackoff = .milliseconds(200)
        configuration.waitDeadline = waitDeadline
        let database = ScopedDatabase(configuration, logger: logger)
        store = Store(ownerURL: databaseURL, database: database)
        reservations = Reservations(database, configuration: patience, logger: logger)
        directory = Directory(
            source: PostgresDirectorySource(database, events: Outbox(database)),
            configuration: Directory.Configuration(longestPause: .milliseconds(200)), logger: logger)
        var cache = try Redis.Configuration(url: redisURL)
        // A loaded test machine is slower than a server; a test of faults sets its own.
        cache.commandTimeout = .seconds(2)
        cache.connectTimeout = .seconds(2)
        redis = try Redis.Client(cache, logger: logger)
        let secret = Array("a secret of the tests".utf8)
        discovery = Discovery(
            directory: directory, cache: RedisAnswerCache(ScopedCache(redis)), cursorSecret: secret,
            now: { Backend.instant })
        uncached = Discovery(directory: directory, cursorSecret: secret, now: { Backend.instant })
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: database), .init(service: directory)], logger: logger))
        self.services = services
        running = Task { try await services.run() }
    }

    /// Runs until the directory is loaded.
    public func loaded() async throws {
        try await eventually { self.directory.status.isLoaded }
    }

    /// Stops all of it.
    public func stop() async throws {
        await services.triggerGracefulShutdown()
        try await running.value
        await database.shutdown()
        redis.shutdown()
    }

    /// One for all tests that change nothing.
    public static func shared() async throws -> Backend {
        let task = sharedTask.withLock { task in
            if let task { return task }
            let made = Task { try await own() }
            task = made
            return made
        }
        return try await task.value
    }

    /// One on a database of its own, which the test may change; the test stops it.
    public static func own(
        databaseURL: String? = nil, redisURL: String? = nil, waitDeadline: Duration = .seconds(30),
        patience: ReservationsConfiguration = .init()
    ) async throws -> Backend {
        let services = try await TestServices.shared()
        var url = databaseURL
        if url == nil { url = try await services.database(template: "salons") { try await fill($0) } }
        var cache = redisURL
        if cache == nil { cache = try await services.redis() }
        let backend = try Backend(databaseURL: url!, redisURL: cache!, waitDeadline: waitDeadline, patience: patience)
        try await backend.loaded()
        return backend
    }

    private static let sharedTask = Mutex<Task<Backend, any Error>?>(nil)

    /// Migrates a database and puts the salons into it, one after the other under three tenants.
    public static func fill(_ url: String) async throws {
        try await Store.migrate(url)
        let store = try Store(ownerURL: url)
        for (index, slug) in slugs.enumerated() {
            let scope = try await store.tenant(slug)
            let mine = profiles.enumerated().filter { $0.offset % slugs.count == index }
                .map { ImportedSalon(profile: $0.element) }
            _ = try await SalonRepository(store.database, scope: scope).upsert(mine)
        }
        await store.database.shutdown()
    }
}
