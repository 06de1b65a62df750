import Audit
import Calendars
import Catalogue
import Events
import Foundation
import Jobs
import Logging
import Reservations
import ServiceLifecycle
import Tenancy

/// What goes on behind the doors: the consumers of events, and the jobs.
struct BackgroundWork: Sendable {
    let outbox: Outbox
    let worker: JobWorker
    let keeper: JobKeeper
    let monitor: ConsumerMonitor
    private let auditor: DurableFollower

    /// The kinds of events that are worth an entry in the audit log: those that people bring about. When somebody is
    /// free follows from them.
    static let auditedKinds = SalonEvents.names + [CalendarEvents.calendarChanged.name] + BookingEvents.names

    init(
        database: ScopedDatabase, outbox: Outbox, reservations: Reservations, tenants: TenantRepository,
        retention: Duration, logger: Logger
    ) {
        self.outbox = outbox
        auditor = DurableFollower(AuditConsumer(kinds: Self.auditedKinds), of: outbox, logger: logger)
        monitor = ConsumerMonitor(database, logger: logger)
        let queue = JobQueue(database)
        let maintenance = Maintenance(
            database: database, queue: queue, tenants: tenants, retention: retention, logger: logger)
        let worker = JobWorker(
            queue, handlers: ReservationJobs.handlers(reservations, database) + maintenance.handlers, logger: logger)
        self.worker = worker
        keeper = JobKeeper(
            queue, periodic: ReservationJobs.periodic + Maintenance.periodic, onReady: { worker.wake() }, logger: logger
        )
    }

    /// In the order in which they are started; the other way round they are stopped.
    var services: [any Service] { [auditor, monitor, worker, keeper] }
}
