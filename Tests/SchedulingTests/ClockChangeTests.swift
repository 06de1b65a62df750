import Foundation
import OpeningHours
import Scheduling
import Testing

@Suite struct ClockChangeTests {
    struct Day: Sendable, CustomTestStringConvertible {
        let zone: String
        let date: String
        /// The midnights that begin and end the local day, in UTC.
        let start: String
        let end: String
        let minutes: Int
        var testDescription: String { "\(zone) \(date)" }

        init(_ zone: String, _ date: String, _ start: String, _ end: String, minutes: Int) {
            (self.zone, self.date, self.start, self.end, self.minutes) = (zone, date, start, end, minutes)
        }
    }

    static let days = [
        Day("Europe/Copenhagen", "2026-03-28", "2026-03-27T23:00Z", "2026-03-28T23:00Z", minutes: 24 * 60),
        Day("Europe/Copenhagen", "2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z", minutes: 23 * 60),
        Day("Europe/Copenhagen", "2026-10-25", "2026-10-24T22:00Z", "2026-10-25T23:00Z", minutes: 25 * 60),
        Day("Atlantic/Faroe", "2026-03-29", "2026-03-29T00:00Z", "2026-03-29T23:00Z", minutes: 23 * 60),
        Day("Atlantic/Faroe", "2026-10-25", "2026-10-24T23:00Z", "2026-10-26T00:00Z", minutes: 25 * 60),
        // Nuuk went from -03:00 to -02:00 for good in the spring of 2023, and has had summer time again from 2024 on.
        Day("America/Nuuk", "2023-03-25", "2023-03-25T03:00Z", "2023-03-26T02:00Z", minutes: 23 * 60),
        Day("America/Nuuk", "2023-10-28", "2023-10-28T02:00Z", "2023-10-29T02:00Z", minutes: 24 * 60),
        Day("America/Nuuk", "2024-03-30", "2024-03-30T02:00Z", "2024-03-31T01:00Z", minutes: 23 * 60),
        Day("America/Nuuk", "2024-10-26", "2024-10-26T01:00Z", "2024-10-27T02:00Z", minutes: 25 * 60),
        Day("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00Z", "2026-04-05T13:30Z", minutes: 24 * 60 + 30),
        Day("Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30Z", "2026-10-04T13:00Z", minutes: 23 * 60 + 30),
        Day("Asia/Kathmandu", "2026-03-29", "2026-03-28T18:15Z", "2026-03-29T18:15Z", minutes: 24 * 60),
        Day("Europe/Copenhagen", "2028-02-29", "2028-02-28T23:00Z", "2028-02-29T23:00Z", minutes: 24 * 60),
    ]

    @Test(arguments: days) func `a day of work is as long as the local day`(_ day: Day) throws {
        let weekday = try date(day.date).weekday + 1
        let hours = [WorkingHours(weekday: weekday, start: 0, end: 1440)]
        let roster = try Fixture.roster(day.zone, staff: [Fixture.member(hours: hours)])
        let around = try (at(day.start) - 86_400)..<(at(day.end) + 86_400)
        let working = roster.workingTime(of: roster.staff[0], from: around.lowerBound, to: around.upperBound)
        #expect(try working == [at(day.start)..<at(day.end)])
        #expect(try at(day.end).timeIntervalSince(at(day.start)) == Double(day.minutes * 60))
    }

    @Test(arguments: days) func `a day has a slot for each half hour that the clock on the wall shows`(
        _ day: Day
    ) throws {
        let weekday = try date(day.date).weekday + 1
        let hours = [WorkingHours(weekday: weekday, start: 0, end: 1440)]
        let roster = try Fixture.roster(
            day.zone, services: [Fixture.haircut(step: 30)], staff: [Fixture.member(hours: hours)])
        let offers = try roster.offers(from: "\(day.start)", to: "\(day.end)")
        #expect(offers.count == day.minutes / 30)
        let half = TimeInterval(1800)
        #expect(try offers.map(\.start) == (0..<(day.minutes / 30)).map { try at(day.start) + Double($0) * half })
        #expect(roster.localStarts(offers).allSatisfy { $0.contains(":00") || $0.contains(":30") })
    }

    @Test(arguments: [
        (
            "Europe/Copenhagen", "2026-03-29T00:00Z", "2026-03-29T02:00Z",
            ["29 01:00+01:00", "29 01:30+01:00", "29 03:00+02:00", "29 03:30+02:00"]
        ),
        (
            "Europe/Copenhagen", "2026-10-25T00:00Z", "2026-10-25T02:30Z",
            ["25 02:00+02:00", "25 02:30+02:00", "25 02:00+01:00", "25 02:30+01:00", "25 03:00+01:00"]
        ),
        (
            "Atlantic/Faroe", "2026-03-29T00:30Z", "2026-03-29T01:30Z", ["29 00:30+00:00", "29 02:00+01:00"]
        ),
        (
            "Atlantic/Faroe", "2026-10-25T00:30Z", "2026-10-25T02:00Z",
            ["25 01:30+01:00", "25 01:00+00:00", "25 01:30+00:00"]
        ),
        ("America/Nuuk", "2023-03-26T00:30Z", "2023-03-26T01:30Z", ["25 21:30-03:00", "25 23:00-02:00"]),
        ("America/Nuuk", "2023-10-29T00:30Z", "2023-10-29T01:30Z", ["28 22:30-02:00", "28 23:00-02:00"]),
        ("America/Nuuk", "2024-03-31T00:30Z", "2024-03-31T01:30Z", ["30 22:30-02:00", "31 00:00-01:00"]),
        (
            "America/Nuuk", "2024-10-27T00:00Z", "2024-10-27T02:30Z",
            ["26 23:00-01:00", "26 23:30-01:00", "26 23:00-02:00", "26 23:30-02:00", "27 00:00-02:00"]
        ),
        // Half an hour less, so that half past one comes twice but two o'clock once.
        (
            "Australia/Lord_Howe", "2026-04-04T14:30Z", "2026-04-04T16:00Z",
            ["05 01:30+11:00", "05 01:30+10:30", "05 02:00+10:30"]
        ),
        ("Asia/Kathmandu", "2026-03-29T00:00Z", "2026-03-29T01:00Z", ["29 06:00+05:45", "29 06:30+05:45"]),
    ])
    func `slots around a change stand on the wall's half hours`(
        zone: String, start: String, end: String, expected: [String]
    ) throws {
        let roster = try Fixture.roster(
            zone, services: [Fixture.haircut(step: 30)], staff: [Fixture.member(daily: 0, 1440)])
        #expect(roster.localStarts(try roster.offers(from: start, to: end)) == expected)
    }

    @Test(arguments: [
        // Six hours by the wall are five in spring and seven in autumn.
        ("Europe/Copenhagen", "2026-03-28T23:00Z", 60, 420, "2026-03-29T00:00Z/2026-03-29T05:00Z"),
        ("Europe/Copenhagen", "2026-10-24T22:00Z", 60, 420, "2026-10-24T23:00Z/2026-10-25T06:00Z"),
        // A beginning within the gap is the end of the gap, and so is an end.
        ("Europe/Copenhagen", "2026-03-28T23:00Z", 150, 420, "2026-03-29T01:00Z/2026-03-29T05:00Z"),
        ("Europe/Copenhagen", "2026-03-28T23:00Z", 60, 150, "2026-03-29T00:00Z/2026-03-29T01:00Z"),
        // In the hour that comes twice, the first beginning and the last end.
        ("Europe/Copenhagen", "2026-10-24T22:00Z", 150, 420, "2026-10-25T00:30Z/2026-10-25T06:00Z"),
        ("Europe/Copenhagen", "2026-10-24T22:00Z", 60, 150, "2026-10-24T23:00Z/2026-10-25T01:30Z"),
        // An end on the minute from which the clock repeats is the first.
        ("Europe/Copenhagen", "2026-10-24T22:00Z", 60, 120, "2026-10-24T23:00Z/2026-10-25T00:00Z"),
        ("America/Havana", "2026-10-31T04:00Z", 1200, 1440, "2026-11-01T00:00Z/2026-11-01T04:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T13:00Z", 0, 90, "2026-04-04T13:00Z/2026-04-04T14:30Z"),
        ("Atlantic/Faroe", "2026-03-29T00:00Z", 90, 420, "2026-03-29T01:00Z/2026-03-29T06:00Z"),
        ("America/Nuuk", "2023-03-25T03:00Z", 1350, 1440, "2023-03-26T01:00Z/2023-03-26T02:00Z"),
        ("America/Nuuk", "2024-10-26T01:00Z", 1410, 1440, "2024-10-27T00:30Z/2024-10-27T02:00Z"),
    ])
    func `a part of a day is as the wall shows it`(
        zone: String, midnight: String, start: Int, end: Int, expected: String
    ) throws {
        let first = try at(midnight)
        let roster = try Fixture.roster(zone)
        let day = CivilDay(of: first, in: roster.zone)
        let person = Fixture.member(hours: [WorkingHours(weekday: day.weekday + 1, start: start, end: end)])
        let salon = try Fixture.roster(zone, staff: [person])
        let text = ISO8601DateFormatter().string(from: first + 26 * 3600)
        #expect(try salon.working(midnight, text) == [expected])
    }

    @Test func `a day whose midnight comes twice has begun the first time`() throws {
        // St. John's went back from 00:01 to 23:01 on the day before.
        let sunday = Fixture.member(hours: [WorkingHours(weekday: 7, start: 0, end: 60)])
        let roster = try Fixture.roster("America/St_Johns", staff: [sunday])
        #expect(
            try roster.working("2006-10-28T12:00Z", "2006-10-29T12:00Z") == ["2006-10-29T02:30Z/2006-10-29T04:30Z"])
        #expect(
            try roster.working("2006-10-28T12:00Z", "2006-10-29T02:45Z") == ["2006-10-29T02:30Z/2006-10-29T02:45Z"])
    }

    @Test func `a shift that ends as the repeated hour begins offers nothing in it`() throws {
        let person = Fixture.member(hours: [WorkingHours(weekday: 6, start: 1200, end: 1560)])
        let roster = try Fixture.roster(services: [Fixture.haircut(step: 30)], staff: [person])
        let offers = try roster.offers(from: "2027-10-30T23:00Z", to: "2027-10-31T04:00Z")
        #expect(roster.localStarts(offers) == ["31 01:00+02:00", "31 01:30+02:00"])
        let closed = ScheduleException(
            kind: .closed, first: try date("2027-10-30"), last: try date("2027-10-30"), start: 1200, end: 1560)
        let night = Fixture.member(hours: [WorkingHours(weekday: 6, start: 1200, end: 1680)])
        #expect(
            try Fixture.roster(staff: [night], exceptions: [closed]).working("2027-10-30T12:00Z", "2027-10-31T12:00Z")
                == ["2027-10-31T00:00Z/2027-10-31T03:00Z"])
    }

    @Test func `a part that a gap swallows is no work`() throws {
        let person = Fixture.member(hours: [WorkingHours(weekday: 7, start: 125, end: 175)])
        let roster = try Fixture.roster(staff: [person])
        #expect(try roster.working("2026-03-28T00:00Z", "2026-03-30T00:00Z") == [])
        #expect(
            try roster.working("2026-03-21T00:00Z", "2026-03-23T00:00Z") == ["2026-03-22T01:05Z/2026-03-22T01:55Z"])
    }

    @Test func `a night across the change ends when the wall says`() throws {
        let person = Fixture.member(hours: [WorkingHours(weekday: 6, start: 22 * 60, end: 30 * 60)])
        let roster = try Fixture.roster(staff: [person])
        #expect(
            try roster.working("2026-03-28T12:00Z", "2026-03-29T12:00Z") == ["2026-03-28T21:00Z/2026-03-29T04:00Z"])
        #expect(
            try roster.working("2026-10-24T12:00Z", "2026-10-25T12:00Z") == ["2026-10-24T20:00Z/2026-10-25T05:00Z"])
    }

    @Test func `a day that a zone left out is no work, and the days beside it are whole`() throws {
        let roster = try Fixture.roster("Pacific/Apia", staff: [Fixture.member(daily: 480, 960)])
        // Samoa went from 29 to 31 December 2011.
        #expect(
            try roster.working("2011-12-29T12:00Z", "2011-12-31T12:00Z") == [
                "2011-12-29T18:00Z/2011-12-30T02:00Z", "2011-12-30T18:00Z/2011-12-31T02:00Z",
            ])
    }

    @Test func `an offset of odd seconds is kept to the second, and slots begin with the next five minutes`() throws {
        // Monrovia was 44 minutes and 30 seconds behind until 1972.
        let roster = try Fixture.roster("Africa/Monrovia")
        let person = roster.staff[0]
        let working = roster.workingTime(of: person, from: try at("1971-06-01T00:00Z"), to: try at("1971-06-02T00:00Z"))
        #expect(try working == [at("1971-06-01T09:44:30Z")..<at("1971-06-01T17:44:30Z")])
        let offers = try roster.offers(from: "1971-06-01T00:00Z", to: "1971-06-02T00:00Z")
        #expect(try offers.prefix(2).map(\.start) == [at("1971-06-01T09:45Z"), at("1971-06-01T10:00Z")])
        let start = try at("1971-06-01T10:44:30Z")
        #expect(roster.check(Fixture.cut, by: person.id, at: start, now: start) == .failure(.offStep(15)))
    }
}
