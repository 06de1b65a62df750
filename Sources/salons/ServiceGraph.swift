import Availability
import BookingAPI
import Calendars
import Catalogue
import Directory
import Discovery
import Events
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
    private let outbox: Outbox
    private let redis: Redis.Client?
    private let databaseConfiguration: Postgres.Configuration

    init(settings: Settings, logger: Logger) throws {
        self.logger = logger
        self.databaseConfiguration = try settings.database()
        self.database = ScopedDatabase(databaseConfiguration, logger: logger)
        self.tenants = TenantRepository(database)
        self.resolver = CredentialResolver(source: tenants)
        self.outbox = Outbox(database)
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
            source: PostgresDirectorySource(database, events: outbox),
            configuration: Directory.Configuration(reconcileInterval: try settings.reconcileInterval()), logger: logger)
        var limits = AvailabilityConfiguration()
        limits.capacity = try settings.availabilityCapacity()
        let board = AvailabilityBoard(
            source: PostgresCalendarSource(database), cache: redis.map { ScopedCache($0) },
            configuration: limits)
        let calendarFeed = AvailabilityFeed(board, events: outbox, logger: logger)
        let discovery = Discovery(
            directory: directory, availability: board, cache: redis.map { RedisAnswerCache(ScopedCache($0)) },
            cursorSecret: try settings.cursorSecret())
        let background = BackgroundWork(
            database: database, outbox: outbox, reservations: reservations, tenants: tenants,
            retention: try settings.outboxRetention(), logger: logger)
        let telemetry = Telemetry(
            directory: directory, database: database, redis: redis, discovery: discovery,
            board: board, reservations: reservations, background: background)
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
            outbox: outbox, worker: background.worker, credentials: resolver)
        let before: [any Service] = [
            database, directory, calendarFeed, follower, CredentialRenewal(resolver: resolver),
        ]
        var group = ServiceGroupConfiguration(
            services: (before + background.services + [server]).map { .init(service: $0) }, logger: logger)
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
