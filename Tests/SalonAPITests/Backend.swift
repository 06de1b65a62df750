import Calendars
import Catalogue
import DemoData
import Directory
import Discovery
import Foundation
import Geodesy
import Logging
import Migrations
import Postgres
import Redis
import Reservations
public import SalonAPI
import Salons
import Scheduling
import ServiceLifecycle
import Synchronization
public import Tenancy
import TestSupport

extension CredentialResolver: ScopeResolving {}

/// What stands behind the HTTP door: a migrated database with invented salons, Redis, the directory that follows them.
final class Backend: Sendable {
    let database: ScopedDatabase
    let tenants: TenantRepository
    let resolver: CredentialResolver
    let directory: Directory
    let redis: Redis.Client
    let discovery: Discovery
    /// As `discovery`, without Redis.
    let uncached: Discovery
    let databaseURL: String
    let log = RecordedLog()
    let reservations: Reservations
    /// Whom the door has told of whose time has changed.
    let told = Mutex<[(salon: SalonID, staff: [StaffID])]>([])
    private let services: ServiceGroup
    private let running: Task<Void, any Error>

    /// Tuesday 24 November 2026, 11:30:15 in Denmark: many salons are open. The clock of the answers stands still.
    static let instant = Date(timeIntervalSince1970: 1_795_516_215)
    static let slugs = ["opdigtet-kaede-1", "opdigtet-kaede-2", "opdigtet-kaede-3"]
    static let migrations = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "migrations").path(percentEncoded: false)

    /// Salons on a street of Copenhagen beside those that the generator strews over the country, so that a radius of a
    /// kilometre holds a page and more.
    static let profiles: [SalonProfile] = DemoGenerator(seed: 7, count: 400).enumerated().map { number, profile in
        var profile = profile
        if number % 2 == 0 {
            let (column, row) = (Double(number / 40), Double(number % 40))
            profile.location = Coordinate(uncheckedLatitude: 55.67 + row * 0.0005, longitude: 12.55 + column * 0.001)
        }
        return profile
    }

    init(
        databaseURL: String, redisURL: String, waitDeadline: Duration, patience: ReservationsConfiguration
    ) throws {
        self.databaseURL = databaseURL
        let logger = log.logger("backend")
        var configuration = try Postgres.Configuration(databaseURL)
        configuration.longestBackoff = .milliseconds(200)
        configuration.waitDeadline = waitDeadline
        database = ScopedDatabase(configuration, logger: logger)
        reservations = Reservations(database, configuration: patience, logger: logger)
        tenants = TenantRepository(database)
        resolver = CredentialResolver(source: tenants)
        directory = Directory(
            source: PostgresDirectorySource(database),
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
    func loaded() async throws {
        guard try await eventually({ self.directory.status.isLoaded }) else {
            throw WireError(description: "the directory was not loaded")
        }
    }

    func stop() async throws {
        await services.triggerGracefulShutdown()
        try await running.value
        await database.shutdown()
        redis.shutdown()
    }

    /// What the door needs for reservations. Its clock is the real one: the database has no other.
    var desk: ReservationDesk {
        ReservationDesk(
            reservations: reservations, calendars: CalendarReader(database),
            onCalendarChange: { salon, staff in self.told.withLock { $0.append((salon, staff)) } })
    }

    /// As above, with somebody else who is told.
    func desk(onCalendarChange: @escaping @Sendable (SalonID, [StaffID]) async -> Void) -> ReservationDesk {
        ReservationDesk(
            reservations: reservations, calendars: CalendarReader(database), onCalendarChange: onCalendarChange)
    }

    func scope(_ slug: String) async throws -> TenantScope {
        try await resolver.commandLineScope(tenant: TenantSlug(slug)!)
    }

    /// One for all tests that change nothing.
    static func shared() async throws -> Backend {
        let task = sharedTask.withLock { task in
            if let task { return task }
            let made = Task { try await own() }
            task = made
            return made
        }
        return try await task.value
    }

    /// One on a database of its own, which the test may change; the test stops it.
    static func own(
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
    static func fill(_ url: String) async throws {
        let logger = Logger(label: "fill") { _ in SwiftLogNoOpLogHandler() }
        let configuration = try Postgres.Configuration(url)
        _ = try await Migrator(directory: migrations, configuration: configuration, logger: logger).migrate()
        let database = ScopedDatabase(configuration, logger: logger)
        let tenants = TenantRepository(database)
        let resolver = CredentialResolver(source: tenants)
        for (index, slug) in slugs.enumerated() {
            _ = try await tenants.create(slug: TenantSlug(slug)!, name: "Opdigtet", country: "DK")
            let scope = try await resolver.commandLineScope(tenant: TenantSlug(slug)!)
            let mine = profiles.enumerated().filter { $0.offset % slugs.count == index }
                .map { ImportedSalon(profile: $0.element) }
            _ = try await SalonRepository(database, scope: scope).upsert(mine)
        }
        await database.shutdown()
    }
}

/// Waits up to 120 s for what other tasks bring about.
func eventually(_ condition: @Sendable () async throws -> Bool) async throws -> Bool {
    for _ in 0..<12_000 {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
