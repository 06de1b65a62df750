public import BookingAPI
import Calendars
import Directory
public import Discovery
public import HTTPKit
public import Interface
import OperationsAPI
import Redis
import Reservations
public import Salons
public import Scheduling
import Synchronization
public import Tenancy

extension CredentialResolver: ScopeResolving {}

extension Backend {
    /// What the door needs for reservations. Its clock is the real one: the database has no other.
    public var booking: BookingAPI {
        BookingAPI(
            reservations: reservations, calendars: CalendarReader(database),
            onCalendarChange: { salon, staff in self.told.withLock { $0.append((salon, staff)) } })
    }

    /// All of the service's operations before this.
    public func interface(
        _ configuration: HTTPConfiguration = HTTPConfiguration(), discovery: Discovery? = nil,
        resolver: (any ScopeResolving)? = nil, booking: BookingAPI? = nil,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> HTTPService<TenantScope> {
        SalonInterface.service(
            configuration, discovery: discovery ?? self.discovery, booking: booking ?? self.booking,
            operations: operations, resolver: resolver ?? self.resolver, logger: log.logger("server"),
            onListening: onListening)
    }

    /// What the door tells of itself.
    var operations: OperationsAPI {
        OperationsAPI(
            readiness: {
                let status = self.directory.status
                return Readiness(
                    isDirectoryLoaded: status.isLoaded, isFeedHealthy: status.feedHealthy,
                    lagSeconds: status.indexLag, areCalendarsCurrent: status.feedHealthy,
                    isDatabaseAnswering: status.feedHealthy,
                    isCacheHealthy: self.redis.statistics.circuit == .closed)
            },
            gathered: {
                [
                    Metric(
                        "salons_redis_healthy", .gauge, "1 while Redis answers.",
                        value: self.redis.statistics.circuit == .closed ? 1 : 0)
                ]
            })
    }

    /// As `booking`, with somebody else who is told.
    public func booking(onCalendarChange: @escaping @Sendable (SalonID, [StaffID]) async -> Void) -> BookingAPI {
        BookingAPI(
            reservations: reservations, calendars: CalendarReader(database), onCalendarChange: onCalendarChange)
    }
}

extension Door {
    /// The service's HTTP server before a backend.
    public static func open(
        _ backend: Backend, configuration: HTTPConfiguration = HTTPConfiguration(), discovery: Discovery? = nil,
        resolver: (any ScopeResolving)? = nil,
        onCalendarChange: (@Sendable (SalonID, [StaffID]) async -> Void)? = nil
    ) async throws -> Door {
        var configuration = configuration
        configuration.port = 0
        return try await open(logger: backend.log.logger("server")) { onListening in
            backend.interface(
                configuration, discovery: discovery, resolver: resolver,
                booking: onCalendarChange.map { backend.booking(onCalendarChange: $0) }, onListening: onListening)
        }
    }

    /// Opens a door, and closes it after the body, also when that throws.
    public static func with<R>(
        _ backend: Backend, configuration: HTTPConfiguration = HTTPConfiguration(), discovery: Discovery? = nil,
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

extension Contract {
    /// The document of the shared door.
    public static func served() async throws -> Contract { try await Contract(Door.shared()) }
}
