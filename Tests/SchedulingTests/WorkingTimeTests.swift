import Foundation
import OpeningHours
import Scheduling
import Testing

@Suite struct WorkingTimeTests {
    // Monday 2026-11-23 to Tuesday in Copenhagen, which is an hour ahead.
    private static let monday = ("2026-11-23T00:00Z", "2026-11-24T00:00Z")

    private func monday(_ roster: Roster) throws -> [String] {
        try roster.working(Self.monday.0, Self.monday.1).map { $0.replacingOccurrences(of: "2026-11-23T", with: "") }
    }

    @Test func `the pattern is clipped to the stretch that is asked for`() throws {
        let roster = try Fixture.roster()
        #expect(
            try roster.working("2026-11-23T10:00Z", "2026-11-24T08:30Z") == [
                "2026-11-23T10:00Z/2026-11-23T16:00Z", "2026-11-24T08:00Z/2026-11-24T08:30Z",
            ])
        #expect(try roster.working("2026-11-23T16:00Z", "2026-11-24T08:00Z") == [])
        #expect(try roster.working("2026-11-23T10:00Z", "2026-11-23T10:00Z") == [])
    }

    @Test func `everyone's working time is the same together as one by one`() throws {
        let roster = try Fixture.roster(
            staff: [Fixture.member(), Fixture.member(Fixture.bo, daily: 600, 900)],
            exceptions: [
                ScheduleException(
                    staff: Fixture.bo, kind: .closed, first: try date("2026-11-23"), last: try date("2026-11-23"))
            ])
        let (start, end) = try (at("2026-11-23T00:00Z"), at("2026-11-25T00:00Z"))
        let together = roster.workingTimes(from: start, to: end)
        #expect(together.count == 2)
        for person in roster.staff {
            #expect(together[person.id] == roster.workingTime(of: person, from: start, to: end))
        }
        #expect(together[Fixture.bo] == [try at("2026-11-24T09:00Z")..<at("2026-11-24T14:00Z")])
    }

    @Test func `work within the opening hours counts, and an understood text alone`() throws {
        #expect(
            try monday(Fixture.roster(hours: "Mo-Fr 10:00-12:00,13:00-20:00")) == ["09:00Z/11:00Z", "12:00Z/16:00Z"])
        #expect(try monday(Fixture.roster(hours: "Tu-Fr 10:00-20:00")) == [])
        #expect(try monday(Fixture.roster(hours: "by appointment, ring")) == ["08:00Z/16:00Z"])
    }

    /// Staff work 08-20.
    @Test(
        arguments: [
            ("Mo-Sa 09:00-18:00 \"kun efter aftale\"", ["08:00Z/17:00Z"]),
            ("\"by appointment\"", ["07:00Z/19:00Z"]), ("Mo-Sa 10:00+", ["09:00Z/19:00Z"]),
            ("Mo-Sa 10:00-12:00+", ["09:00Z/19:00Z"]), ("unknown", ["07:00Z/19:00Z"]),
            ("Mo-Sa 09:00-18:00; SH off", ["07:00Z/19:00Z"]), ("Tu-Sa 09:00-18:00 \"by appointment\"", []),
            ("Mo-Sa 09:00-12:00 || \"by appointment\"", ["07:00Z/19:00Z"]),
            ("\"by appointment\"; Mo off", []), ("off \"by appointment\"", []),
        ] as [(String, [String])])
    func `hours that leave a time open leave it to the pattern, within stated times`(
        hours: String, expected: [String]
    ) throws {
        let staff = [Fixture.member(daily: 480, 1200)]
        #expect(try monday(Fixture.roster(hours: hours, staff: staff)) == expected)
    }

    // 2026-12-26 is a Saturday; only Alsace and Moselle keep it.
    @Test(
        arguments: [
            ("FR", "Mo-Su 09:00-19:00; PH off", true, [24, 27]), ("FR", "Mo-Su 09:00-19:00; PH off", false, [24, 27]),
            ("FR", nil, true, [24, 27]), ("FR", "24/7", true, [24, 27]), ("FR", nil, false, [24, 25, 26, 27]),
            ("FR", "24/7", false, [24, 25, 26, 27]), ("FR", "24/7; PH 08:00-18:00", true, [24, 25, 26, 27]),
            ("XX", "24/7; PH off", false, []), ("XX", nil, true, []), ("XX", nil, false, [24, 25, 26, 27]),
            ("XX", "24/7", true, []),
        ] as [(String, String?, Bool, [Int])])
    func `nothing is offered on a day that may be a holiday on which the salon is closed`(
        country: String, hours: String?, closed: Bool, expected: [Int]
    ) throws {
        let roster = try Fixture.roster(
            hours: hours, holidays: .of(country: country), closedOnHolidays: closed)
        let days = try roster.working("2026-12-24T00:00Z", "2026-12-28T00:00Z")
        #expect(days == expected.map { "2026-12-\($0)T08:00Z/2026-12-\($0)T16:00Z" })
        let (noon, evening) = try (at("2026-12-26T10:00Z"), at("2026-12-26T16:00Z"))
        #expect(roster.isClosedForPossibleHoliday(from: noon, to: evening) == !expected.contains(26))
    }

    @Test func `parts that touch or overlap are one`() throws {
        let person = Fixture.member(hours: [
            WorkingHours(weekday: 1, start: 720, end: 900), WorkingHours(weekday: 1, start: 540, end: 720),
            WorkingHours(weekday: 1, start: 600, end: 660),
        ])
        #expect(try monday(Fixture.roster(staff: [person])) == ["08:00Z/14:00Z"])
    }

    @Test func `a pattern holds from its first date to its last`() throws {
        let person = Fixture.member(hours: [
            WorkingHours(
                weekday: 1, start: 540, end: 600, validFrom: try date("2026-11-23"), validTo: try date("2026-11-30"))
        ])
        let roster = try Fixture.roster(staff: [person])
        #expect(
            try roster.working("2026-11-01T00:00Z", "2026-12-31T00:00Z") == [
                "2026-11-23T08:00Z/2026-11-23T09:00Z", "2026-11-30T08:00Z/2026-11-30T09:00Z",
            ])
    }

    @Test func `a night and a stretch of two days belong to the day on which they begin`() throws {
        let night = Fixture.member(hours: [WorkingHours(weekday: 7, start: 1320, end: 1560)])
        #expect(
            try Fixture.roster(staff: [night]).working("2026-11-23T00:00Z", "2026-11-24T00:00Z") == [
                "2026-11-23T00:00Z/2026-11-23T01:00Z"
            ])
        let long = Fixture.member(hours: [WorkingHours(weekday: 7, start: 1439, end: 2880)])
        #expect(
            try Fixture.roster(staff: [long]).working("2026-11-23T20:00Z", "2026-11-24T20:00Z") == [
                "2026-11-23T20:00Z/2026-11-23T23:00Z"
            ])
    }

    @Test func `the leap day is a day like any other`() throws {
        let person = Fixture.member(hours: [WorkingHours(weekday: 2, start: 540, end: 600)])
        let roster = try Fixture.roster(staff: [person])
        // 2028-02-29 is a Tuesday, as is 2028-03-07.
        #expect(
            try roster.working("2028-02-28T00:00Z", "2028-03-07T00:00Z") == ["2028-02-29T08:00Z/2028-02-29T09:00Z"])
        let closed = ScheduleException(kind: .closed, first: try date("2028-02-29"), last: try date("2028-02-29"))
        #expect(
            try Fixture.roster(staff: [person], exceptions: [closed]).working("2028-02-28T00:00Z", "2028-03-07T00:00Z")
                == [])
    }

    // 2026-12-25 is a Friday, 2026-12-26 a Saturday.
    @Test(
        arguments: [
            (nil, true, [24, 27]), (nil, false, [24, 25, 26, 27]), ("24/7", true, [24, 27]),
            ("24/7; PH off", true, [24, 27]), ("24/7; PH off", false, [24, 27]),
            ("24/7; PH 00:00-24:00", true, [24, 25, 26, 27]), ("Mo-Su,PH 00:00-24:00", true, [24, 25, 26, 27]),
            ("24/7; Dec 24 off", true, [27]), ("24/7 open \"PH by appointment\"", true, [24, 27]),
            ("(gibberish) PH", true, [24, 27]),
        ] as [(String?, Bool, [Int])])
    func `holidays of which the opening hours say nothing are closed where the salon says so`(
        hours: String?, closed: Bool, expected: [Int]
    ) throws {
        let roster = try Fixture.roster(hours: hours, holidays: .denmark, closedOnHolidays: closed)
        let days = try roster.working("2026-12-24T00:00Z", "2026-12-28T00:00Z")
        #expect(days == expected.map { "2026-12-\($0)T08:00Z/2026-12-\($0)T16:00Z" })
    }

    @Test func `a night before a holiday is worked to its end`() throws {
        let night = Fixture.member(hours: (1...7).map { WorkingHours(weekday: $0, start: 1320, end: 1560) })
        let roster = try Fixture.roster(holidays: .denmark, staff: [night])
        #expect(
            try roster.working("2026-12-24T12:00Z", "2026-12-26T12:00Z") == ["2026-12-24T21:00Z/2026-12-25T01:00Z"])
    }

    /// Each layer alone and against the one below: the pattern is 09-17, the opening hours 10-16.
    @Test(
        arguments: [
            ([], ["09:00Z/15:00Z"]),
            ([(nil, .closed, 720, 780)], ["09:00Z/11:00Z", "12:00Z/15:00Z"]),
            ([(nil, .closed, 0, 1440)], []),
            // Extra opening is beyond the pattern, the opening hours and the salon's own closing.
            ([(nil, .open, 1080, 1200)], ["09:00Z/15:00Z", "17:00Z/19:00Z"]),
            ([(nil, .closed, 0, 1440), (nil, .open, 600, 720)], ["09:00Z/11:00Z"]),
            ([(nil, .open, 600, 720), (nil, .closed, 0, 1440)], ["09:00Z/11:00Z"]),
            // A person's own closing is above the salon's opening, and their own opening above all.
            ([(nil, .open, 1080, 1200), (1, .closed, 600, 1140)], ["18:00Z/19:00Z"]),
            ([(nil, .closed, 0, 1440), (1, .open, 300, 360)], ["04:00Z/05:00Z"]),
            ([(1, .closed, 0, 1440), (1, .open, 700, 710)], ["10:40Z/10:50Z"]),
            ([(1, .open, 420, 660)], ["06:00Z/15:00Z"]),
            // Another's are not theirs.
            ([(2, .closed, 0, 1440), (2, .open, 0, 1440)], ["09:00Z/15:00Z"]),
        ] as [([(UInt8?, ScheduleException.Kind, Int, Int)], [String])])
    func `each layer wins over those before`(
        layers: [(UInt8?, ScheduleException.Kind, Int, Int)], expected: [String]
    ) throws {
        let day = try date("2026-11-23")
        let exceptions = layers.map { staff, kind, start, end in
            ScheduleException(
                staff: staff.map(Fixture.person), kind: kind, first: day, last: day, start: start, end: end)
        }
        #expect(try monday(Fixture.roster(hours: "10:00-16:00", exceptions: exceptions)) == expected)
    }

    @Test func `an exception holds on each of its dates, and one into the night on the next`() throws {
        let closed = ScheduleException(kind: .closed, first: try date("2026-11-24"), last: try date("2026-11-26"))
        let open = ScheduleException(
            kind: .open, first: try date("2026-11-25"), last: try date("2026-11-25"), start: 1380, end: 1500)
        let roster = try Fixture.roster(exceptions: [closed, open])
        #expect(
            try roster.working("2026-11-23T12:00Z", "2026-11-27T12:00Z") == [
                "2026-11-23T12:00Z/2026-11-23T16:00Z", "2026-11-25T22:00Z/2026-11-26T00:00Z",
                "2026-11-27T08:00Z/2026-11-27T12:00Z",
            ])
    }

    @Test func `an exception that ends before it begins does nothing`() throws {
        let odd = ScheduleException(kind: .closed, first: try date("2026-11-26"), last: try date("2026-11-20"))
        #expect(try monday(Fixture.roster(exceptions: [odd])) == ["08:00Z/16:00Z"])
    }
}
