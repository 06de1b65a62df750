public import Logging
public import ServiceLifecycle
import Synchronization
public import Tenancy
import Timing

/// Looks at the consumers every few seconds, so that whoever asks for figures does not wait for the database.
public final class ConsumerMonitor: Service {
    private let administration: EventAdministration
    private let interval: Duration
    private let logger: Logger
    private let known = Mutex<[EventAdministration.ConsumerStatus]>([])

    /// A monitor of a database's consumers, which starts with ``run()``.
    public init(_ database: ScopedDatabase, interval: Duration = .seconds(5), logger: Logger) {
        administration = EventAdministration(database)
        self.interval = interval
        self.logger = logger
    }

    /// Those that are followed for, as of the last look.
    public var consumers: [EventAdministration.ConsumerStatus] { known.withLock { $0 } }

    /// Looks until it is cancelled or shut down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let found = try await self.administration.consumers().filter { $0.retiredAt == nil }
                    self.known.withLock { $0 = found }
                } catch {
                    // The pool says once that the database is away.
                    self.logger.debug("could not look at the consumers", metadata: ["error": "\(error)"])
                }
                try? await Pause.sleep(for: self.interval)
            }
        }
    }
}
