import Foundation
import OpeningHours
import Postgres
public import Salons
public import Scheduling
public import Tenancy

/// Writes whole calendars of one tenant's salons at once, for demonstrations; `CalendarEditor` changes single ones.
public struct CalendarRepository: Sendable {
    private let database: ScopedDatabase
    private let scope: TenantScope

    /// Works in a tenant's scope; in the marketplace's, every write is refused.
    public init(_ database: ScopedDatabase, scope: TenantScope) {
        self.database = database
        self.scope = scope
    }

    /// Those of these salons that can be booked already.
    public func bookable(among salons: [SalonID]) async throws -> Set<SalonID> {
        let rows = try await database.readOnce(
            scope,
            """
            SELECT salon_id FROM calendar
            WHERE tenant_id = current_tenant() AND salon_id = ANY (\(salons.map(\.rawValue)))
            """)
        return try Set(rows.map { SalonID(try $0.decode(UUID.self)) })
    }

    /// Makes salons bookable that are not yet, all of them or none, marked as invented; a table at a time, so that the
    /// triggers write their events for all salons together. Revision and epochs are the database's own.
    public func insertInvented(_ rosters: [Roster]) async throws {
        guard !rosters.isEmpty else { return }
        _ = try await database.writeOnce(
            scope,
            [
                Self.calendars(rosters), Self.services(rosters), Self.staff(rosters), Self.skills(rosters),
                Self.hours(rosters), Self.exceptions(rosters),
            ])
    }

    private static func calendars(_ rosters: [Roster]) -> SQL {
        """
        INSERT INTO calendar (tenant_id, salon_id, closed_on_holidays, cancellation_window, is_invented)
        SELECT current_tenant(), salon, closed, cancellable, true
        FROM unnest(\(rosters.map(\.salon.rawValue)), \(rosters.map(\.isClosedOnHolidays)),
            \(rosters.map { Int32(clamping: $0.cancellationWindow) })) AS made (salon, closed, cancellable)
        """
    }

    private static func services(_ rosters: [Roster]) -> SQL {
        let rows = rosters.flatMap { roster in
            roster.services.enumerated().map { (salon: roster.salon.rawValue, place: $0.offset, service: $0.element) }
        }
        return """
            INSERT INTO service (tenant_id, salon_id, service_id, name, category, duration, buffer_before, buffer_after,
                price_amount, price_currency, minimum_notice, horizon, slot_step, sort_order)
            SELECT current_tenant(), made.*
            FROM unnest(\(rows.map(\.salon)), \(rows.map(\.service.id.rawValue)), \(rows.map(\.service.name)),
                \(rows.map(\.service.category.rawValue)), \(rows.map { Int32(clamping: $0.service.duration) }),
                \(rows.map { Int32(clamping: $0.service.bufferBefore) }),
                \(rows.map { Int32(clamping: $0.service.bufferAfter) }),
                \(rows.map { $0.service.price.map { Int32(clamping: $0.amount) } }),
                \(rows.map(\.service.price?.currency)), \(rows.map { Int32(clamping: $0.service.minimumNotice) }),
                \(rows.map { Int32(clamping: $0.service.horizon) }),
                \(rows.map { Int32(clamping: $0.service.slotStep) }), \(rows.map { Int32(clamping: $0.place) })) AS made
            """
    }

    private static func staff(_ rosters: [Roster]) -> SQL {
        let rows = rosters.flatMap { roster in
            roster.staff.enumerated().map { (salon: roster.salon.rawValue, place: $0.offset, member: $0.element) }
        }
        return """
            INSERT INTO staff (tenant_id, salon_id, staff_id, name, sort_order)
            SELECT current_tenant(), made.*
            FROM unnest(\(rows.map(\.salon)), \(rows.map(\.member.id.rawValue)), \(rows.map(\.member.name)),
                \(rows.map { Int32(clamping: $0.place) })) AS made
            """
    }

    private static func skills(_ rosters: [Roster]) -> SQL {
        let rows = members(rosters).flatMap { place in
            place.member.skills.map { (place: place, service: $0.key.rawValue, skill: $0.value) }
        }
        return """
            INSERT INTO staff_service (tenant_id, salon_id, staff_id, service_id, duration, price_amount,
                price_currency)
            SELECT current_tenant(), made.*
            FROM unnest(\(rows.map(\.place.salon)), \(rows.map(\.place.member.id.rawValue)), \(rows.map(\.service)),
                \(rows.map { $0.skill.duration.map { Int32(clamping: $0) } }),
                \(rows.map { $0.skill.price.map { Int32(clamping: $0.amount) } }),
                \(rows.map(\.skill.price?.currency))) AS made
            """
    }

    private static func hours(_ rosters: [Roster]) -> SQL {
        let rows = members(rosters).flatMap { place in place.member.hours.map { (place: place, part: $0) } }
        return """
            INSERT INTO working_hours (tenant_id, salon_id, staff_id, weekday, start_minute, end_minute, valid_from,
                valid_to)
            SELECT current_tenant(), salon, staff, weekday, first, last, date '1970-01-01' + since,
                date '1970-01-01' + until
            FROM unnest(\(rows.map(\.place.salon)), \(rows.map(\.place.member.id.rawValue)),
                \(rows.map { Int16(clamping: $0.part.weekday) }), \(rows.map { Int16(clamping: $0.part.start) }),
                \(rows.map { Int16(clamping: $0.part.end) }),
                \(rows.map { $0.part.validFrom.map { Int32(clamping: $0.number) } }),
                \(rows.map { $0.part.validTo.map { Int32(clamping: $0.number) } }))
                AS made (salon, staff, weekday, first, last, since, until)
            """
    }

    private static func exceptions(_ rosters: [Roster]) -> SQL {
        let rows = rosters.flatMap { roster in
            roster.exceptions.map { (salon: roster.salon.rawValue, exception: $0) }
        }
        return """
            INSERT INTO schedule_exception (tenant_id, salon_id, staff_id, kind, first_date, last_date, start_minute,
                end_minute)
            SELECT current_tenant(), salon, staff, kind, date '1970-01-01' + first, date '1970-01-01' + last, since,
                until
            FROM unnest(\(rows.map(\.salon)), \(rows.map(\.exception.staff?.rawValue)),
                \(rows.map(\.exception.kind.rawValue)), \(rows.map { Int32(clamping: $0.exception.first.number) }),
                \(rows.map { Int32(clamping: $0.exception.last.number) }),
                \(rows.map { Int16(clamping: $0.exception.start) }), \(rows.map { Int16(clamping: $0.exception.end) }))
                AS made (salon, staff, kind, first, last, since, until)
            """
    }

    private static func members(_ rosters: [Roster]) -> [(salon: UUID, member: StaffMember)] {
        rosters.flatMap { roster in roster.staff.map { (salon: roster.salon.rawValue, member: $0) } }
    }
}
