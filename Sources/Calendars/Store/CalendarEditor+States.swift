import Foundation
import OpeningHours
import Postgres
public import Salons
public import Scheduling
import Tenancy

extension CalendarEditor {
    /// The calendars of the tenant's salons as they stand; a salon that is not the tenant's is missing.
    ///
    /// The revision is read before everything else: what is read with it is never older than it, so that `apply` finds
    /// out about a change in between.
    public func states(of salons: [SalonID]) async throws -> [SalonID: CalendarState] {
        guard !salons.isEmpty else { return [:] }
        let rows = CalendarRows(
            try await database.readOnce(scope, Self.stateStatements(salons.map(\.rawValue))))
        let services = try Self.services(rows[.services])
        let people = try Self.people(
            rows[.staff], skills: try CalendarReader.skills(rows[.skills]),
            hours: try CalendarReader.hours(rows[.hours]))
        var exceptions: [SalonID: [CalendarState.Dated]] = [:]
        for row in rows[.exceptions] {
            let (salon, exception) = try CalendarReader.exception(row)
            let id = try row.decode(UUID.self, column: "exception_id")
            exceptions[SalonID(salon), default: []].append(.init(id: id, exception: exception))
        }
        var states: [SalonID: CalendarState] = [:]
        for row in rows[.calendars] {
            let (id, revision, isClosed, window) = try row.decode(UUID.self, Int64?.self, Bool?.self, Int32?.self)
            let salon = SalonID(id)
            states[salon] = CalendarState(
                salon: salon, revision: revision, isClosedOnHolidays: isClosed ?? true,
                cancellationWindow: Int(window ?? 0), services: services[salon] ?? [], people: people[salon] ?? [],
                exceptions: exceptions[salon] ?? [])
        }
        return states
    }

    /// Those of these people who work in any of the tenant's salons.
    public func known(_ people: [StaffID]) async throws -> Set<StaffID> {
        guard !people.isEmpty else { return [] }
        let rows = try await database.readOnce(
            scope,
            """
            SELECT DISTINCT staff_id FROM staff
            WHERE tenant_id = current_tenant() AND staff_id = ANY (\(people.map(\.rawValue)))
            """)
        return Set(try rows.map { StaffID(try $0.decode(UUID.self)) })
    }

    private static func services(_ rows: Rows) throws -> [SalonID: [CalendarState.Service]] {
        // One row makes one service, in the order of the rows.
        let found = try CalendarReader.services(rows)
        var taken: [UUID: Int] = [:]
        var services: [SalonID: [CalendarState.Service]] = [:]
        for row in rows {
            let salon = try row.decode(UUID.self, column: "salon_id")
            let index = taken[salon, default: 0]
            taken[salon] = index + 1
            guard let service = found[salon]?[index] else { continue }
            services[SalonID(salon), default: []].append(
                .init(
                    service: service, reference: try row.decode(String?.self, column: "reference"),
                    sortOrder: Int(try row.decode(Int32.self, column: "sort_order"))))
        }
        return services
    }

    private static func people(
        _ rows: Rows, skills: [CalendarReader.Place: [ServiceID: Skill]], hours: [CalendarReader.Place: [WorkingHours]]
    ) throws -> [SalonID: [CalendarState.Person]] {
        var people: [SalonID: [CalendarState.Person]] = [:]
        for row in rows {
            let (salon, id, name, epoch, reference, sortOrder, expected, places) = try row.decode(
                UUID.self, UUID.self, String.self, Int64.self, String?.self, Int32.self, Int.self, Int.self)
            let place = CalendarReader.Place(salon: salon, staff: id)
            people[SalonID(salon), default: []].append(
                .init(
                    member: StaffMember(
                        id: StaffID(id), name: name, epoch: epoch, skills: skills[place] ?? [:],
                        hours: hours[place] ?? []),
                    reference: reference, sortOrder: Int(sortOrder), expected: expected, places: places))
        }
        return people
    }

    private static func stateStatements(_ salons: [UUID]) -> [SQL] {
        let mine: SQL = "tenant_id = current_tenant() AND salon_id = ANY (\(salons))"
        return CalendarPart.statements { part in
            switch part {
            case .calendars:
                """
                SELECT s.salon_id, c.revision, c.closed_on_holidays, c.cancellation_window
                FROM salon s LEFT JOIN calendar c ON c.tenant_id = s.tenant_id AND c.salon_id = s.salon_id
                WHERE s.tenant_id = current_tenant() AND s.salon_id = ANY (\(salons))
                """
            case .staff:
                """
                SELECT f.salon_id, f.staff_id, f.name, f.availability_epoch, f.reference, f.sort_order,
                    (SELECT count(*) FROM occupancy o WHERE o.tenant_id = f.tenant_id AND o.staff_id = f.staff_id
                        AND o.salon_id = f.salon_id AND o.live AND o.kind IN ('booking', 'hold')
                        AND upper(o.during) > clock_timestamp()),
                    (SELECT count(*) FROM staff w WHERE w.tenant_id = f.tenant_id AND w.staff_id = f.staff_id)
                FROM staff f WHERE f.tenant_id = current_tenant() AND f.salon_id = ANY (\(salons))
                ORDER BY f.salon_id, f.sort_order, f.staff_id
                """
            case .services:
                """
                SELECT salon_id, service_id, name, category, duration, buffer_before, buffer_after, price_amount,
                    price_currency::text, minimum_notice, horizon, slot_step, reference, sort_order
                FROM service WHERE \(mine) ORDER BY salon_id, sort_order, service_id
                """
            case .skills:
                """
                SELECT salon_id, staff_id, service_id, duration, price_amount, price_currency::text
                FROM staff_service WHERE \(mine)
                """
            case .hours:
                """
                SELECT salon_id, staff_id, weekday, start_minute, end_minute, valid_from - date '1970-01-01',
                    valid_to - date '1970-01-01'
                FROM working_hours WHERE \(mine)
                """
            case .exceptions:
                """
                SELECT salon_id, staff_id, kind, first_date - date '1970-01-01', last_date - date '1970-01-01',
                    start_minute, end_minute, exception_id
                FROM schedule_exception WHERE \(mine)
                ORDER BY salon_id, first_date, last_date, start_minute, end_minute, kind, exception_id
                """
            }
        }
    }
}
