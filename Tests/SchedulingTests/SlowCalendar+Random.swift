import Foundation
import OpeningHours
import Salons
import Scheduling
import SeededRandom

extension SlowCalendar {
    /// A salon with up to three people, two services, exceptions on the days around the middle of the clock's table,
    /// and busy times to the second.
    static func random(_ clock: WallClock, _ random: inout SplitMix64) throws -> SlowCalendar {
        let services = [Fixture.cut, Fixture.colour].map { id in
            Fixture.haircut(
                id, duration: random.element([5, 15, 30, 45, 60, 90, 180, 600, 1500]),
                before: random.element([0, 0, 5, 10, 30]),
                after: random.element([0, 0, 5, 15, 60]), notice: random.element([0, 0, 7, 60, 600]),
                horizon: random.element([1, 2, 30]), step: random.element([5, 10, 15, 15, 20, 30, 50, 60, 1440]))
        }
        let staff = (1...UInt8(random.element([1, 2, 3]))).map { number in
            var skills: [ServiceID: Skill] = [:]
            for service in services where random.chance(0.8) {
                skills[service.id] = Skill(duration: random.chance(0.2) ? random.element([10, 20, 75]) : nil)
            }
            return Fixture.member(Fixture.person(number), hours: hours(clock, &random), skills: skills)
        }
        let exceptions = (0..<random.element([0, 0, 1, 3])).map { _ in
            let first = day(clock, &random)
            let part = part(&random)
            return ScheduleException(
                staff: random.chance(0.5) ? nil : Fixture.person(UInt8.random(in: 1...3, using: &random)),
                kind: random.chance(0.5) ? .closed : .open, first: first, last: first + random.element([0, 0, 1, 3]),
                start: part.lowerBound, end: part.upperBound)
        }
        let opening = random.chance(0.5) ? self.opening(&random) : nil
        let roster = try Fixture.roster(
            clock.zone.identifier, hours: opening?.text,
            holidays: random.chance(0.5) && clock.dates[0].year >= 2020 ? .denmark : .none,
            closedOnHolidays: random.chance(0.5), services: services, staff: staff, exceptions: exceptions)
        var calendar = SlowCalendar(clock: clock, roster: roster, opening: opening)
        for person in staff {
            calendar.busy[person.id] = (0..<random.element([0, 1, 4, 20])).map { _ in
                let start = clock.instant(Int.random(in: 0..<clock.labels.count, using: &random))
                // Mostly as bookings are, on whole steps; blocks can be anything.
                let grid = random.chance(0.8) ? 300.0 : 1
                let begin = (start.timeIntervalSince1970 / 300).rounded(.down) * 300
                let length = Double.random(in: 1...(4 * 3600), using: &random)
                let odd = grid == 1 ? Double(Int.random(in: 0..<300, using: &random)) : 0
                return Date(
                    timeIntervalSince1970: begin + odd)..<Date(
                        timeIntervalSince1970: begin + odd + max((length / grid).rounded() * grid, grid))
            }
        }
        return calendar
    }

    private static func hours(_ clock: WallClock, _ random: inout SplitMix64) -> [WorkingHours] {
        (0..<random.element([3, 7, 12])).map { _ in
            let part = part(&random)
            return WorkingHours(
                weekday: Int.random(in: 1...7, using: &random), start: part.lowerBound, end: part.upperBound,
                validFrom: random.chance(0.1) ? day(clock, &random) : nil,
                validTo: random.chance(0.1) ? day(clock, &random) : nil)
        }
    }

    /// Working days, nights, whole days, two of them, and small parts around the hours at which clocks are changed.
    private static func part(_ random: inout SplitMix64) -> Range<Int> {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: 0..<1440
        case 1: 0..<2880
        case 2: 1320..<1680
        case 3: random.element([60, 90, 120, 150, 179, 1320, 1380])..<random.element([121, 180, 185, 210, 240]) + 1440
        case 4:
            {
                let start = random.element([0, 60, 90, 119, 120, 150, 1350])
                return start..<(start + random.element([5, 30, 47, 60, 90]))
            }()
        default: random.element([480, 540, 563, 600])..<random.element([900, 960, 1020, 1201])
        }
    }

    /// Parts of a day do not overlap within a day; each may run into the next.
    private static func opening(_ random: inout SplitMix64) -> Opening {
        var opening = Opening()
        for weekday in 1...7 where random.chance(0.8) {
            opening.week[weekday] = random.element([
                [0..<1440], [540..<1020], [600..<720, 780..<1200], [1260..<1560], [90..<150, 1380..<1440], [120..<180],
            ])
        }
        if random.chance(0.4) { opening.holiday = random.element([[], [600..<840]]) }
        return opening
    }

    private static func day(_ clock: WallClock, _ random: inout SplitMix64) -> CivilDay {
        let date = clock.dates[clock.dates.count / 2 + Int.random(in: -3...3, using: &random)]
        return CivilDay(year: date.year, month: date.month, day: date.day)
    }
}
