import Foundation
import OpeningHours
import Salons
import Scheduling
import SeededRandom
import Testing

/// A salon of as many people as a test needs, who all do the services.
enum Fixture {
    static let anna = person(1)
    static let bo = person(2)
    static let cut = service(1)
    static let colour = service(2)

    static func person(_ number: UInt8) -> StaffID { StaffID(identifier(1, number)) }

    static func service(_ number: UInt8) -> ServiceID { ServiceID(identifier(2, number)) }

    private static func identifier(_ kind: UInt8, _ number: UInt8) -> UUID {
        UUID(uuid: (kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number))
    }

    static func haircut(
        _ id: ServiceID = cut, duration: Int = 30, before: Int = 0, after: Int = 0, notice: Int = 0, horizon: Int = 365,
        step: Int = 15
    ) -> SalonService {
        SalonService(
            id: id, name: "Cut", category: .haircut, duration: duration, bufferBefore: before, bufferAfter: after,
            price: Price(amount: 30_000, currency: "DKK"), minimumNotice: notice, horizon: horizon, slotStep: step)
    }

    /// Works from `start` to `end` on each day of the week.
    static func member(
        _ id: StaffID = anna, daily start: Int = 540, _ end: Int = 1020, skills: [ServiceID: Skill] = [cut: Skill()]
    ) -> StaffMember {
        member(id, hours: (1...7).map { WorkingHours(weekday: $0, start: start, end: end) }, skills: skills)
    }

    static func member(
        _ id: StaffID = anna, hours: [WorkingHours], skills: [ServiceID: Skill] = [cut: Skill()]
    ) -> StaffMember {
        StaffMember(id: id, name: "Anna", epoch: 1, skills: skills, hours: hours)
    }

    static func roster(
        _ zone: String = "Europe/Copenhagen", hours: String? = nil, holidays: HolidayCalendar = .none,
        closedOnHolidays: Bool = true, cancellationWindow: Int = 0, services: [SalonService] = [haircut()],
        staff: [StaffMember] = [member()], exceptions: [ScheduleException] = []
    ) throws -> Roster {
        Roster(
            salon: SalonID(identifier(3, 1)), tenant: TenantID(identifier(4, 1)), revision: 1,
            zone: try #require(TimeZone(identifier: zone)), holidays: holidays,
            openingHours: hours.map { OpeningHours($0) }, isClosedOnHolidays: closedOnHolidays,
            cancellationWindow: cancellationWindow, services: services, staff: staff, exceptions: exceptions)
    }
}

/// An instant from ISO 8601 with an offset, such as `2026-03-29T01:00Z`; the seconds may be left out.
func at(_ text: String) throws -> Date {
    let marker = try #require(text.lastIndex { "Z+-".contains($0) })
    let time = text[..<marker]
    let full = time.filter { $0 == ":" }.count == 1 ? "\(time):00\(text[marker...])" : text
    return try #require(ISO8601DateFormatter().date(from: full))
}

/// A local date.
func date(_ text: String) throws -> CivilDay { try #require(CivilDay(text)) }

extension Roster {
    /// `first/last` in UTC, for each stretch in which the first person works between two instants.
    func working(_ start: String, _ end: String) throws -> [String] {
        let formatter = ISO8601DateFormatter()
        let person = try #require(staff.first)
        return workingTime(of: person, from: try at(start), to: try at(end)).map {
            "\(formatter.string(from: $0.lowerBound))/\(formatter.string(from: $0.upperBound))"
                .replacingOccurrences(of: ":00Z", with: "Z")
        }
    }

    /// The offers of a service in a window, with free time worked out for the days that matter.
    func offers(
        _ id: ServiceID = Fixture.cut, staff: StaffID? = nil, party: Int = 1, from start: String, to end: String,
        now: String? = nil, extraNotice: Int = 0, busy: [StaffID: [Range<Date>]] = [:]
    ) throws -> [Offer] {
        let window = try at(start)..<at(end)
        let days = sheetDays(forStartsIn: window, of: services)
        let free = freeTime(busy: busy, from: days.first, days: days.count)
        return offers(
            of: id, staff: staff, party: party, in: window, now: try now.map(at) ?? window.lowerBound,
            extraNotice: extraNotice, free: free)
    }

    /// The starts of the offers as the clock on the salon's wall shows them, with the offset from UTC.
    func localStarts(_ offers: [Offer]) -> [String] {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = zone
        formatter.dateFormat = "dd HH:mmxxx"
        return offers.map { formatter.string(from: $0.start) }
    }
}

extension SplitMix64 {
    mutating func chance(_ part: Double) -> Bool { Double.random(in: 0..<1, using: &self) < part }
}
