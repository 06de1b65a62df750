import Calendars
import Foundation
import LocalServices
import Logging
import Migrations
import Postgres
import Salons
import Scheduling
import Tenancy

/// Three salons of two tenants, four people of whom one works for both tenants, all around the clock on a few days: as
/// much strife as there can be. That two tenants mean the same person is the platform's to say, so people are put into
/// `staff` past the tenants.
struct TortureWorld: Sendable {
    struct Place: Sendable {
        /// A customer's.
        let scope: TenantScope
        let salon: SalonID
        let staff: [StaffID]
        /// 30 minutes; 45 minutes with 15 after them; 60 minutes with 10 before them.
        let services: [ServiceID]
    }

    let places: [Place]
    let database: ScopedDatabase
    /// Begins the days of all wishes.
    let firstDay: Date
    static let dayCount = 2

    static func settings(_ plan: TorturePlan) -> LocalPostgres.Options {
        var options = LocalPostgres.Options.durable
        options.settings["max_connections"] = "120"
        options.settings["track_commit_timestamp"] = "on"
        options.settings["log_lock_waits"] = "off"
        options.settings["deadlock_timeout"] = "200ms"
        options.settings.merge(plan.sabotage?.settings ?? [:]) { $1 }
        return options
    }

    init(_ plan: TorturePlan, postgres: LocalPostgres, logger: Logger) async throws {
        try await DatabaseSetup.createIfMissing("torture", at: postgres.url(database: "postgres"))
        var configuration = try Postgres.Configuration(postgres.url(database: "torture"))
        _ = try await Migrator(directory: plan.migrations, configuration: configuration, logger: logger).migrate()
        let connection = try await Connection.connect(configuration)
        try await connection.run(Self.audit)
        configuration.poolSize = plan.clients + 4
        configuration.waitDeadline = .seconds(30)
        configuration.longestBackoff = .milliseconds(200)
        database = ScopedDatabase(configuration, logger: logger)
        firstDay =
            Date(timeIntervalSince1970: (Date().timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
            + 3 * 86_400
        let shared = StaffID(UUID())
        let (first, second) = (StaffID(UUID()), StaffID(UUID()))
        let tenants = try await (Self.tenant("a", database), Self.tenant("b", database))
        places = [
            try await Self.place("1", tenants.0, [first, second], database, connection),
            try await Self.place("2", tenants.0, [shared], database, connection),
            try await Self.place("3", tenants.1, [shared, StaffID(UUID())], database, connection),
        ]
        if let sabotage = plan.sabotage { try await connection.run(sabotage.statements) }
        await connection.close()
    }

    private static func tenant(_ slug: String, _ database: ScopedDatabase) async throws -> TenantScope {
        let tenants = TenantRepository(database)
        guard let slug = TenantSlug(slug) else { throw TortureFailure("no slug") }
        _ = try await tenants.create(slug: slug, name: "Torture", country: "DK")
        return try await CredentialResolver(source: tenants).commandLineScope(tenant: slug)
    }

    private static func place(
        _ name: String, _ scope: TenantScope, _ staff: [StaffID], _ database: ScopedDatabase, _ connection: Connection
    ) async throws -> Place {
        let salon = SalonID(UUID())
        guard let tenant = scope.tenant else { throw TortureFailure("no tenant") }
        try await connection.run(
            """
            INSERT INTO salon (tenant_id, salon_id, name, latitude, longitude, time_zone, source, source_ref)
            VALUES ('\(tenant)', '\(salon)', 'Salon \(name)', 55, 12, 'Europe/Copenhagen', 'torture', '\(name)')
            """)
        let editor = CalendarEditor(database, scope: scope)
        try await editor.open(salon, isClosedOnHolidays: false)
        for person in staff {
            try await connection.run(
                """
                INSERT INTO staff (tenant_id, salon_id, staff_id, name)
                VALUES ('\(tenant)', '\(salon)', '\(person)', 'Person')
                """)
        }
        let services = [
            SalonService(id: ServiceID(UUID()), name: "Short", category: .haircut, duration: 30),
            SalonService(id: ServiceID(UUID()), name: "Long", category: .colour, duration: 45, bufferAfter: 15),
            SalonService(id: ServiceID(UUID()), name: "Longer", category: .perm, duration: 60, bufferBefore: 10),
        ]
        for service in services { try await editor.put(service, in: salon) }
        let hours = (1...7).map { WorkingHours(weekday: $0, start: 0, end: 1_440) }
        for person in staff {
            let skills = Dictionary(uniqueKeysWithValues: services.map { ($0.id, Skill()) })
            try await editor.put(
                StaffMember(id: person, name: "Person", epoch: 0, skills: skills, hours: hours), in: salon)
        }
        return Place(scope: scope.asCustomer, salon: salon, staff: staff, services: services.map(\.id))
    }

    /// Writes down every version of every row, with the transaction that made it; rolled back with it.
    private static let audit = """
        CREATE TABLE audit_occupancy (
            number bigint GENERATED ALWAYS AS IDENTITY, txid xid DEFAULT pg_current_xact_id()::xid, occupancy_id uuid,
            booking_id uuid, staff_id uuid, during tstzrange, live boolean, kind text);
        CREATE TABLE audit_booking (
            number bigint GENERATED ALWAYS AS IDENTITY, txid xid DEFAULT pg_current_xact_id()::xid, booking_id uuid,
            status text, version bigint);
        CREATE TABLE audit_epoch (
            number bigint GENERATED ALWAYS AS IDENTITY, txid xid DEFAULT pg_current_xact_id()::xid, staff_id uuid,
            epoch bigint);
        CREATE FUNCTION audit_occupancy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $f$ BEGIN
            INSERT INTO audit_occupancy (occupancy_id, booking_id, staff_id, during, live, kind)
            VALUES (NEW.occupancy_id, NEW.booking_id, NEW.staff_id, NEW.during, NEW.live, NEW.kind);
            RETURN NULL; END $f$;
        CREATE FUNCTION audit_booking() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $f$ BEGIN
            INSERT INTO audit_booking (booking_id, status, version) VALUES (NEW.booking_id, NEW.status, NEW.version);
            RETURN NULL; END $f$;
        CREATE FUNCTION audit_epoch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $f$ BEGIN
            INSERT INTO audit_epoch (staff_id, epoch) VALUES (NEW.staff_id, NEW.availability_epoch);
            RETURN NULL; END $f$;
        CREATE TRIGGER audit AFTER INSERT OR UPDATE ON occupancy FOR EACH ROW EXECUTE FUNCTION audit_occupancy();
        CREATE TRIGGER audit AFTER INSERT OR UPDATE ON booking FOR EACH ROW EXECUTE FUNCTION audit_booking();
        CREATE TRIGGER audit AFTER INSERT OR UPDATE ON staff FOR EACH ROW EXECUTE FUNCTION audit_epoch();
        """
}

/// Why a run could not be made.
public struct TortureFailure: Error, CustomStringConvertible {
    /// The reason.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Connection {
    func run(_ script: String) throws {
        try executeScript(unsafe: script)
    }
}
