import Availability
import BookingAPI
import Calendars
import Catalogue
import Directory
import Discovery
import Foundation
import HTTPKit
import Interface
import Logging
import Migrations
import OperationsAPI
import Postgres
import Redis
import Reservations
import ServiceLifecycle
import Tenancy
import Timing

/// The modules wired together from settings: the one place that knows all of them.
struct ServiceGraph: Sendable {
    let database: ScopedDatabase
    let tenants: TenantRepository
    let resolver: CredentialResolver
    let reservations: Reservations
    let calendars: CalendarReader
    let logger: Logger
    private let source: PostgresDirectorySource
    private let redis: Redis.Client?
    private let databaseConfiguration: Postgres.Configuration

    init(settings: Settings, logger: Logger) throws {
        self.logger = logger
        self.databaseConfiguration = try settings.database()
        self.database = ScopedDatabase(databaseConfiguration, logger: logger)
        self.tenants = TenantRepository(database)
        self.resolver = CredentialResolver(source: tenants)
        self.source = PostgresDirectorySource(database)
        self.reservations = Reservations(database, logger: logger)
        self.calendars = CalendarReader(database)
        self.redis = try settings.redis().map { try Redis.Client($0, logger: logger) }
    }

    /// Applies migrations and functions that are missing, and returns the names of their files.
    @discardableResult
    func migrate(_ settings: Settings) async throws -> [String] {
        try await migrator(settings).migrate()
    }

    /// The names of the files that the database lacks.
    func pendingMigrations(_ settings: Settings) async throws -> [String] {
        try await migrator(settings).pending()
    }

    private func migrator(_ settings: Settings) throws -> Migrator {
        try Migrator(
            directory: settings.migrationsDirectory(), configuration: databaseConfiguration, logger: logger)
    }

    /// Closes the connections of a graph that does not serve, or no longer.
    func close() async {
        await database.shutdown()
        redis?.shutdown()
    }

    /// Serves until a signal, then drains: the HTTP door closes first, what it stands on after it.
    func serve(
        settings: Settings, stop: StopSignals, onReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        var api = try settings.api()
        try DescriptorLimit.raise().apply(
            to: &api, databaseConnections: databaseConfiguration.poolSize, logger: logger)
        try PortProbe.check(host: api.host, port: api.port)
        let directory = Directory(
            source: source,
            configuration: Directory.Configuration(reconcileInterval: try settings.reconcileInterval()), logger: logger)
        var limits = AvailabilityConfiguration()
        limits.capacity = try settings.availabilityCapacity()
        let board = AvailabilityBoard(
            source: PostgresCalendarSource(database), cache: redis.map { ScopedCache($0) },
            configuration: limits)
        let calendarFeed = AvailabilityFeed(board, events: CalendarFeed(database), logger: logger)
        let discovery = Discovery(
            directory: directory, availability: board, cache: redis.map { RedisAnswerCache(ScopedCache($0)) },
            cursorSecret: try settings.cursorSecret())
        let telemetry = Telemetry(
            directory: directory, database: database, redis: redis, discovery: discovery,
            board: board, reservations: reservations)
        let booking = BookingAPI(reservations: reservations, calendars: calendars) { salon, staff in
            board.noteChange(staff: staff)
        }
        let logger = logger
        let operations = OperationsAPI(
            readiness: { telemetry.readiness() }, gathered: { telemetry.metrics() })
        let server = SalonInterface.service(
            api, discovery: discovery, booking: booking, operations: operations, resolver: resolver, logger: logger,
            onListening: { port in
                // Ready means that the first search is answered, not that the port is open.
                while !directory.status.isLoaded, !Task.isCancelled { try? await Pause.sleep(for: .milliseconds(20)) }
                await onReady(port)
            })
        let follower = OutboxFollower(
            listener: Listener(
                databaseConfiguration, channels: [ScopedDatabase.outboxChannel, ScopedDatabase.credentialChannel],
                logger: logger),
            directory: directory, calendars: calendarFeed, credentials: resolver)
        let keeper = Housekeeping(
            source: source, reservations: reservations, resolver: resolver, retention: try settings.outboxRetention(),
            logger: logger)
        var group = ServiceGroupConfiguration(
            services: [
                .init(service: database), .init(service: directory), .init(service: calendarFeed),
                .init(service: follower), .init(service: HoldSweeper(database)), .init(service: keeper),
                .init(service: server),
            ], logger: logger)
        group.maximumGracefulShutdownDuration = api.drainTimeout
        let services = ServiceGroup(configuration: group)
        stop.onStop { Task { await services.triggerGracefulShutdown() } }
        do {
            try await services.run()
        } catch is CancellationError {
            logger.warning("some requests were cut off: they took longer than the time for draining")
        }
        redis?.shutdown()
    }
}
