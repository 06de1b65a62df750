import Calendars
import Directory
public import Discovery
import Redis
import Reservations
public import SalonAPI
public import Salons
public import Scheduling
import Synchronization
public import Tenancy

extension CredentialResolver: ScopeResolving {}

extension Backend {
    /// What the door needs for reservations. Its clock is the real one: the database has no other.
    public var desk: ReservationDesk {
        ReservationDesk(
            reservations: reservations, calendars: CalendarReader(database),
            onCalendarChange: { salon, staff in self.told.withLock { $0.append((salon, staff)) } })
    }

    /// As above, with somebody else who is told.
    public func desk(onCalendarChange: @escaping @Sendable (SalonID, [StaffID]) async -> Void) -> ReservationDesk {
        ReservationDesk(
            reservations: reservations, calendars: CalendarReader(database), onCalendarChange: onCalendarChange)
    }
}

extension Door {
    /// The service's HTTP server before a backend.
    public static func open(
        _ backend: Backend, configuration: APIConfiguration = APIConfiguration(), discovery: Discovery? = nil,
        resolver: (any ScopeResolving)? = nil,
        onCalendarChange: (@Sendable (SalonID, [StaffID]) async -> Void)? = nil
    ) async throws -> Door {
        var configuration = configuration
        configuration.port = 0
        let logger = backend.log.logger("server")
        return try await open(logger: logger) { onListening in
            SalonServer(
                configuration: configuration, discovery: discovery ?? backend.discovery,
                resolver: resolver ?? backend.resolver,
                desk: onCalendarChange.map { backend.desk(onCalendarChange: $0) } ?? backend.desk,
                gathered: {
                    [
                        Metric(
                            "salons_redis_healthy", .gauge, "1 while Redis answers.",
                            value: backend.redis.statistics.circuit == .closed ? 1 : 0)
                    ]
                },
                readiness: {
                    let status = backend.directory.status
                    return Readiness(
                        isDirectoryLoaded: status.isLoaded, isFeedHealthy: status.feedHealthy,
                        lagSeconds: status.indexLag, areCalendarsCurrent: status.feedHealthy,
                        isDatabaseAnswering: status.feedHealthy,
                        isCacheHealthy: backend.redis.statistics.circuit == .closed
                    )
                },
                logger: logger, onListening: onListening)
        }
    }

    /// Opens a door, and closes it after the body, also when that throws.
    public static func with<R>(
        _ backend: Backend, configuration: APIConfiguration = APIConfiguration(), discovery: Discovery? = nil,
        resolver: (any ScopeResolving)? = nil, _ body: (Door) async throws -> R
    ) async throws -> R {
        try await open(backend, configuration: configuration, discovery: discovery, resolver: resolver)
            .closed(after: body)
    }

    /// One on the shared backend, for all tests that need no limits of their own.
    public static func shared() async throws -> Door {
        let task = sharedTask.withLock { task in
            if let task { return task }
            let made = Task { try await Door.open(try await Backend.shared()) }
            task = made
            return made
        }
        return try await task.value
    }

    private static let sharedTask = Mutex<Task<Door, any Error>?>(nil)
}
