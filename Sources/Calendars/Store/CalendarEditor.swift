public import Foundation
import Logging
import OpeningHours
import Postgres
public import Salons
public import Scheduling
public import Tenancy

/// Changes what decides about free time: services, people, their hours, dated exceptions, blocks and time off.
///
/// Whoever changes working time locks the whole calendars of the people concerned, so no booking is under way for them
/// meanwhile. Triggers raise the calendar's revision, against which bookings are made, and the epochs, which name
/// cached sheets, and write the events of the outbox in the same transaction.
public struct CalendarEditor: Sendable {
    let database: ScopedDatabase
    let scope: TenantScope

    /// Works in a tenant's scope; in the marketplace's, every change is refused.
    public init(_ database: ScopedDatabase, scope: TenantScope) {
        self.database = database
        self.scope = scope
    }

    // MARK: The salon

    /// Makes a salon bookable, or changes its settings. Throws `CalendarError.unknownSalon` when the tenant has no such
    /// salon.
    public func open(
        _ salon: SalonID, isClosedOnHolidays: Bool = true, cancellationWindow: Int = 0
    ) async throws {
        try await edit(in: salon) { connection in
            let count = try connection.execute(
                """
                INSERT INTO calendar (tenant_id, salon_id, closed_on_holidays, cancellation_window)
                SELECT tenant_id, salon_id, \(isClosedOnHolidays), \(Int32(clamping: cancellationWindow)) FROM salon
                WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
                ON CONFLICT (tenant_id, salon_id) DO UPDATE SET closed_on_holidays = EXCLUDED.closed_on_holidays,
                    cancellation_window = EXCLUDED.cancellation_window
                """)
            guard count == 1 else { throw CalendarError.unknownSalon(salon) }
        }
    }

    // MARK: Services

    /// Adds or changes a service. Throws what `SalonService.validate` finds wrong.
    public func put(_ service: SalonService, in salon: SalonID, sortOrder: Int = 0) async throws {
        try service.validate()
        try await edit(in: salon) { connection in
            try Self.put(.init(service: service, sortOrder: sortOrder), in: salon, connection)
        }
    }

    static func put(
        _ entry: CalendarState.Service, in salon: SalonID, _ connection: isolated Connection
    ) throws {
        let service = entry.service
        try connection.execute(
            """
            INSERT INTO service (tenant_id, salon_id, service_id, name, category, duration, buffer_before,
                buffer_after, price_amount, price_currency, minimum_notice, horizon, slot_step, sort_order, reference)
            VALUES (current_tenant(), \(salon.rawValue), \(service.id.rawValue), \(service.name),
                \(service.category.rawValue), \(Int32(service.duration)), \(Int32(service.bufferBefore)),
                \(Int32(service.bufferAfter)), \(nullable: service.price.map { Int32(clamping: $0.amount) }),
                \(nullable: service.price?.currency), \(Int32(service.minimumNotice)), \(Int32(service.horizon)),
                \(Int32(service.slotStep)), \(Int32(clamping: entry.sortOrder)), \(nullable: entry.reference))
            ON CONFLICT (tenant_id, salon_id, service_id) DO UPDATE SET name = EXCLUDED.name,
                category = EXCLUDED.category, duration = EXCLUDED.duration, buffer_before = EXCLUDED.buffer_before,
                buffer_after = EXCLUDED.buffer_after, price_amount = EXCLUDED.price_amount,
                price_currency = EXCLUDED.price_currency, minimum_notice = EXCLUDED.minimum_notice,
                horizon = EXCLUDED.horizon, slot_step = EXCLUDED.slot_step, sort_order = EXCLUDED.sort_order,
                reference = coalesce(EXCLUDED.reference, service.reference)
            """)
    }

    /// Takes a service out of the offer; what is booked stays. False when there is no such service.
    public func removeService(_ id: ServiceID, in salon: SalonID) async throws -> Bool {
        try await edit(in: salon) { connection in try Self.removeService(id, in: salon, connection) }
    }

    static func removeService(
        _ id: ServiceID, in salon: SalonID, _ connection: isolated Connection
    ) throws -> Bool {
        try connection.execute(
            """
            DELETE FROM service WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
                AND service_id = \(id.rawValue)
            """) == 1
    }

    // MARK: People

    /// Adds a person with skills and hours, or puts these in the place of those that the person had. The epoch is not
    /// taken over.
    public func put(_ member: StaffMember, in salon: SalonID, sortOrder: Int = 0) async throws {
        try member.validate()
        try await edit(in: salon, adding: [member.id]) { connection in
            try Self.putPlace(of: member, sortOrder: sortOrder, reference: nil, in: salon, connection)
            try Self.replaceSkills(of: member, in: salon, connection)
            try Self.replaceHours(of: member, in: salon, connection)
        }
    }

    static func putPlace(
        of member: StaffMember, sortOrder: Int, reference: String?, in salon: SalonID,
        _ connection: isolated Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO staff (tenant_id, salon_id, staff_id, name, sort_order, reference)
            VALUES (current_tenant(), \(salon.rawValue), \(member.id.rawValue), \(member.name),
                \(Int32(clamping: sortOrder)), \(nullable: reference))
            ON CONFLICT (tenant_id, salon_id, staff_id) DO UPDATE SET name = EXCLUDED.name,
                sort_order = EXCLUDED.sort_order, reference = coalesce(EXCLUDED.reference, staff.reference)
            """)
    }

    /// Takes a person out of a salon. Throws `CalendarError.stillBooked` while customers expect them.
    static func removeStaff(
        _ id: StaffID, in salon: SalonID, _ connection: isolated Connection
    ) throws -> Bool {
        let booked = try connection.query(
            """
            SELECT count(*) FROM occupancy WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
                AND staff_id = \(id.rawValue) AND live AND kind IN ('booking', 'hold')
                AND upper(during) > clock_timestamp()
            """)[0].decode(Int.self)
        guard booked == 0 else { throw CalendarError.stillBooked(id, bookings: booked) }
        return try connection.execute(
            """
            DELETE FROM staff WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
                AND staff_id = \(id.rawValue)
            """) == 1
    }

    static func replaceSkills(
        of member: StaffMember, in salon: SalonID, _ connection: isolated Connection
    ) throws {
        try connection.execute(
            """
            DELETE FROM staff_service WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
                AND staff_id = \(member.id.rawValue)
            """)
        guard !member.skills.isEmpty else { return }
        let skills = member.skills.sorted { $0.key < $1.key }
        try connection.execute(
            """
            INSERT INTO staff_service (tenant_id, salon_id, staff_id, service_id, duration, price_amount,
                price_currency)
            SELECT current_tenant(), \(salon.rawValue), \(member.id.rawValue), service, duration, amount, currency
            FROM unnest(\(skills.map(\.key.rawValue)), \(skills.map { $0.value.duration.map { Int32($0) } }),
                \(skills.map { $0.value.price.map { Int32(clamping: $0.amount) } }),
                \(skills.map(\.value.price?.currency))) AS skill (service, duration, amount, currency)
            """)
    }

    static func replaceHours(
        of member: StaffMember, in salon: SalonID, _ connection: isolated Connection
    ) throws {
        try connection.execute(
            """
            DELETE FROM working_hours WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
                AND staff_id = \(member.id.rawValue)
            """)
        guard !member.hours.isEmpty else { return }
        let hours = member.hours
        try connection.execute(
            """
            INSERT INTO working_hours (tenant_id, salon_id, staff_id, weekday, start_minute, end_minute, valid_from,
                valid_to)
            SELECT current_tenant(), \(salon.rawValue), \(member.id.rawValue), weekday, first, last,
                date '1970-01-01' + since, date '1970-01-01' + until
            FROM unnest(\(hours.map { Int16($0.weekday) }), \(hours.map { Int16($0.start) }),
                \(hours.map { Int16($0.end) }), \(hours.map { $0.validFrom.map { Int32($0.number) } }),
                \(hours.map { $0.validTo.map { Int32($0.number) } })) AS part (weekday, first, last, since, until)
            """)
    }

    // MARK: Exceptions

    /// Adds a dated closing or opening and returns its identifier.
    public func add(_ exception: ScheduleException, in salon: SalonID) async throws -> UUID {
        try exception.validate()
        return try await edit(in: salon) { connection in try Self.add(exception, in: salon, connection) }
    }

    @discardableResult
    static func add(
        _ exception: ScheduleException, in salon: SalonID, _ connection: isolated Connection
    ) throws -> UUID {
        let id = UUID()
        try connection.execute(
            """
            INSERT INTO schedule_exception (tenant_id, salon_id, exception_id, staff_id, kind, first_date,
                last_date, start_minute, end_minute)
            VALUES (current_tenant(), \(salon.rawValue), \(id), \(nullable: exception.staff?.rawValue),
                \(exception.kind.rawValue), date '1970-01-01' + \(Int32(exception.first.number)),
                date '1970-01-01' + \(Int32(exception.last.number)), \(Int16(exception.start)),
                \(Int16(exception.end)))
            """)
        return id
    }

    /// Takes an exception back. False when there is none of this identifier.
    static func removeException(
        _ id: UUID, in salon: SalonID, _ connection: isolated Connection
    ) throws -> Bool {
        try connection.execute(
            """
            DELETE FROM schedule_exception WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
                AND exception_id = \(id)
            """) == 1
    }

    /// Runs a change with the calendars of everyone in the salon locked.
    func edit<R: Sendable>(
        in salon: SalonID, adding people: [StaffID] = [], _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> R {
        do {
            return try await database.write(scope) { connection in
                _ = try connection.query(
                    """
                    SELECT lock_staff(ARRAY(SELECT staff_id FROM staff WHERE tenant_id = current_tenant()
                        AND salon_id = \(salon.rawValue)) || \(people.map(\.rawValue)), true)
                    """)
                return try body(connection)
            }
        } catch let error as PostgresError where error.code == .foreignKeyViolation {
            throw CalendarError.unknownPart(salon, constraint: error.constraint ?? "")
        }
    }
}
