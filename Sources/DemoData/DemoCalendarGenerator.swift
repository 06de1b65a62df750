import Foundation
public import OpeningHours
public import Salons
public import Scheduling
import SeededRandom

/// Makes invented calendars: what salons offer, who works there, and what their time is taken by.
///
/// Pure: the same seed, salon and day give the same calendar on every machine. What is decided depends on the salon's
/// source reference; only the identifiers of services and people follow from the salon's own.
public struct DemoCalendarGenerator: Sendable {
    /// What all numbers are drawn from.
    public let seed: UInt64

    /// Nothing is made before it is asked for.
    public init(seed: UInt64) {
        self.seed = seed
    }

    /// Services, people, hours and dated changes of a salon, as they might be on a day.
    ///
    /// Services come from the salon's categories, in Danish kroner and words where the salon is Danish, Faroese or
    /// Greenlandic, else in euros and English. People, one to six, work within the opening hours where these are known.
    /// - Parameter day: dated closings and openings lie in the weeks after it.
    public func roster(for salon: Salon, from day: CivilDay) -> Roster {
        let streams = DemoStreams(seed: seed, reference: salon.profile.source)
        var random = streams.stream(.salon)
        let zone = salon.profile.timeZone.flatMap { TimeZone(identifier: $0) }
        let hours = salon.profile.openingHours.map { OpeningHours($0) }
        let services = services(of: salon, streams)
        return Roster(
            salon: salon.id, tenant: salon.tenant, revision: 1, zone: zone ?? .gmt, isZoneKnown: zone != nil,
            holidays: HolidayCalendar.of(country: salon.profile.address.country ?? ""), openingHours: hours,
            isClosedOnHolidays: random.index(10) > 0, cancellationWindow: random.element([0, 60, 120, 720, 1_440]),
            services: services,
            staff: staff(of: salon, services: services, week: DemoWeek(hours, from: day, streams), streams),
            exceptions: exceptions(of: salon, from: day, streams))
    }

    // MARK: Services

    private func services(of salon: Salon, _ streams: DemoStreams) -> [SalonService] {
        var random = streams.stream(.services)
        let profile = salon.profile
        let isDanish = Self.isDanish(profile)
        var offered: [DemoService] = []
        for category in profile.categories.categories {
            for (place, service) in DemoService.offered(by: category).enumerated() {
                // What most people come for is always there.
                let isLeftOut = random.index(5) == 0 && place > 0
                if !isLeftOut, !offered.contains(where: { $0.danish == service.danish }) { offered.append(service) }
            }
        }
        if offered.isEmpty { offered = [DemoService(.other, "Behandling", "Treatment", 45, 399)] }
        let level = [0.8, 1, 1.3, 1.7][Int(profile.priceLevel ?? 2) - 1] * (0.9 + 0.2 * random.fraction())
        let notice = random.element([0, 0, 0, 15, 30, 60, 120])
        let horizon = random.element([30, 60, 90, 180])
        let step = random.element([15, 15, 15, 10, 30])
        return offered.enumerated().map { number, service in
            SalonService(
                id: ServiceID(identifier(salon, .services, number)),
                name: isDanish ? service.danish : service.english, category: service.category,
                duration: service.minutes, bufferBefore: service.before, bufferAfter: service.after,
                price: service.kroner.map { Self.price(kroner: Double($0) * level, isDanish: isDanish) },
                minimumNotice: notice, horizon: horizon, slotStep: step)
        }
    }

    private static func isDanish(_ profile: SalonProfile) -> Bool {
        ["DK", "FO", "GL"].contains(profile.address.country ?? "DK")
    }

    /// To whole five kroner, or whole euros at about seven and a half kroner.
    private static func price(kroner: Double, isDanish: Bool) -> Price {
        isDanish
            ? Price(amount: Int((kroner / 5).rounded()) * 500, currency: "DKK")
            : Price(amount: Int((kroner / 7.5).rounded()) * 100, currency: "EUR")
    }

    // MARK: People

    private func staff(
        of salon: Salon, services: [SalonService], week: DemoWeek, _ streams: DemoStreams
    ) -> [StaffMember] {
        var random = streams.stream(.staff)
        let count = random.element([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 6])
        let first = random.index(DemoWords.firstNames.count)
        // A step that has no divisor in common with the number of names, so that none comes twice.
        let stride = random.element([1, 5, 7, 11, 13])
        var members = (0..<count).map { number in
            let name = DemoWords.firstNames[(first + number * stride) % DemoWords.firstNames.count]
            var skills: [ServiceID: Skill] = [:]
            let isSenior = random.index(6) == 0
            for service in services where number == 0 || random.index(4) > 0 {
                skills[service.id] = Self.skill(in: service, isSenior: isSenior, &random)
            }
            if skills.isEmpty, let service = services.first { skills[service.id] = Skill() }
            var hours = streams.stream(.hours, number)
            return StaffMember(
                id: StaffID(identifier(salon, .staff, number)), name: "\(name) \(DemoWords.surname)", epoch: 1,
                skills: skills, hours: week.shifts(&hours))
        }
        if count > 1, random.index(2) == 0 { members.swapAt(0, count - 1) }
        return members
    }

    private static func skill(in service: SalonService, isSenior: Bool, _ random: inout SplitMix64) -> Skill {
        var skill = Skill()
        if random.index(10) == 0 {
            skill.duration = max(15, service.duration + (random.index(2) == 0 ? -15 : 15))
        }
        if isSenior, let price = service.price {
            let unit = price.currency == "DKK" ? 500 : 100
            skill.price = Price(amount: price.amount * 6 / 5 / unit * unit, currency: price.currency)
        }
        return skill
    }

    private func identifier(_ salon: Salon, _ purpose: DemoStreams.Purpose, _ number: Int) -> UUID {
        DemoStreams.identifier(seed: seed, salon: salon.id, purpose: purpose, number: number)
    }

    // MARK: Dated changes

    private func exceptions(of salon: Salon, from day: CivilDay, _ streams: DemoStreams) -> [ScheduleException] {
        var random = streams.stream(.exceptions)
        var exceptions: [ScheduleException] = []
        if random.index(6) == 0 {
            let closed = day + (2 + random.index(18))
            exceptions.append(ScheduleException(kind: .closed, first: closed, last: closed))
        }
        if random.index(5) == 0 {
            // The two Sundays before Christmas Eve, this year's or, after it, the next.
            let year = day < CivilDay(year: day.date.year, month: 12, day: 24) ? day.date.year : day.date.year + 1
            let eve = CivilDay(year: year, month: 12, day: 24)
            let sunday = eve + -(eve.weekday + 1)
            for date in [sunday + -7, sunday] {
                exceptions.append(ScheduleException(kind: .open, first: date, last: date, start: 660, end: 960))
            }
        }
        if random.index(8) == 0 {
            let course = day + (1 + random.index(12))
            exceptions.append(
                ScheduleException(
                    staff: StaffID(identifier(salon, .staff, 0)), kind: .closed, first: course, last: course, start: 0,
                    end: 780))
        }
        return exceptions
    }
}
