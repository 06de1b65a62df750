import Foundation
import OpeningHours
import Postgres
import Salons
import Scheduling

extension CalendarReader {
    /// Puts the parts of `rosterStatements` together.
    static func rosters(_ rows: CalendarRows) throws -> [SalonID: Roster] {
        let services = try services(rows[.services])
        let staff = try staff(
            rows[.staff], skills: try skills(rows[.skills]), hours: try hours(rows[.hours]))
        let exceptions = try exceptions(rows[.exceptions])
        var rosters: [SalonID: Roster] = [:]
        for row in rows[.calendars] {
            let (tenant, salon, revision, closedOnHolidays, window, zone, country, hours) = try row.decode(
                UUID.self, UUID.self, Int64.self, Bool.self, Int32.self, String?.self, String.self, String?.self)
            let known = zone.flatMap { TimeZone(identifier: $0) }
            rosters[SalonID(salon)] = Roster(
                salon: SalonID(salon), tenant: TenantID(tenant), revision: revision,
                zone: known ?? .gmt, isZoneKnown: known != nil, holidays: HolidayCalendar.of(country: country),
                openingHours: hours.map { OpeningHours($0) }, isClosedOnHolidays: closedOnHolidays,
                cancellationWindow: Int(window), services: services[salon] ?? [], staff: staff[salon] ?? [],
                exceptions: exceptions[salon] ?? [])
        }
        return rosters
    }

    struct Place: Hashable {
        let salon: UUID
        let staff: UUID
    }

    static func services(_ rows: Rows) throws -> [UUID: [SalonService]] {
        var services: [UUID: [SalonService]] = [:]
        for row in rows {
            let (salon, id, name, category, duration, before, after) = try row.decode(
                UUID.self, UUID.self, String.self, String.self, Int32.self, Int32.self, Int32.self)
            services[salon, default: []].append(
                SalonService(
                    id: ServiceID(id), name: name, category: ServiceCategory(rawValue: category) ?? .other,
                    duration: Int(duration), bufferBefore: Int(before), bufferAfter: Int(after),
                    price: price(
                        try row.decode(Int32?.self, column: "price_amount"),
                        try row.decode(String?.self, column: "price_currency")),
                    minimumNotice: Int(try row.decode(Int32.self, column: "minimum_notice")),
                    horizon: Int(try row.decode(Int32.self, column: "horizon")),
                    slotStep: Int(try row.decode(Int32.self, column: "slot_step"))))
        }
        return services
    }

    static func skills(_ rows: Rows) throws -> [Place: [ServiceID: Skill]] {
        var skills: [Place: [ServiceID: Skill]] = [:]
        for row in rows {
            let (salon, staff, service, duration, amount, currency) = try row.decode(
                UUID.self, UUID.self, UUID.self, Int32?.self, Int32?.self, String?.self)
            skills[Place(salon: salon, staff: staff), default: [:]][ServiceID(service)] = Skill(
                duration: duration.map { Int($0) }, price: price(amount, currency))
        }
        return skills
    }

    static func hours(_ rows: Rows) throws -> [Place: [WorkingHours]] {
        var hours: [Place: [WorkingHours]] = [:]
        for row in rows {
            let (salon, staff, weekday, start, end, from, to) = try row.decode(
                UUID.self, UUID.self, Int16.self, Int16.self, Int16.self, Int32?.self, Int32?.self)
            hours[Place(salon: salon, staff: staff), default: []].append(
                WorkingHours(
                    weekday: Int(weekday), start: Int(start), end: Int(end),
                    validFrom: from.map { CivilDay(number: Int($0)) }, validTo: to.map { CivilDay(number: Int($0)) }))
        }
        return hours
    }

    static func staff(
        _ rows: Rows, skills: [Place: [ServiceID: Skill]], hours: [Place: [WorkingHours]]
    ) throws -> [UUID: [StaffMember]] {
        var staff: [UUID: [StaffMember]] = [:]
        for row in rows {
            let (salon, id, name, epoch) = try row.decode(UUID.self, UUID.self, String.self, Int64.self)
            let place = Place(salon: salon, staff: id)
            staff[salon, default: []].append(
                StaffMember(
                    id: StaffID(id), name: name, epoch: epoch, skills: skills[place] ?? [:], hours: hours[place] ?? []))
        }
        return staff
    }

    private static func exceptions(_ rows: Rows) throws -> [UUID: [ScheduleException]] {
        var exceptions: [UUID: [ScheduleException]] = [:]
        for row in rows {
            let (salon, exception) = try exception(row)
            exceptions[salon, default: []].append(exception)
        }
        return exceptions
    }

    static func exception(_ row: Row) throws -> (salon: UUID, exception: ScheduleException) {
        let (salon, staff, word, first, last, start, end) = try row.decode(
            UUID.self, UUID?.self, String.self, Int32.self, Int32.self, Int16.self, Int16.self)
        guard let kind = ScheduleException.Kind(rawValue: word) else {
            throw CalendarError.unreadable(SalonID(salon), "an exception of the kind \(word)")
        }
        return (
            salon,
            ScheduleException(
                staff: staff.map { StaffID($0) }, kind: kind, first: CivilDay(number: Int(first)),
                last: CivilDay(number: Int(last)), start: Int(start), end: Int(end))
        )
    }

    private static func price(_ amount: Int32?, _ currency: String?) -> Price? {
        guard let amount, let currency else { return nil }
        return Price(amount: Int(amount), currency: currency)
    }
}
