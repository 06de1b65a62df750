import Foundation
import OpeningHours
import Testing

@Suite struct EvaluationTests {
    static let copenhagen: [(hours: String, at: String, state: String)] = [
        // 02:30 does not exist on March 29: the instant after the gap, 03:00 summer time.
        ("Su 02:30-05:00", "2026-03-28T23:00", "closed 2026-03-29T01:00"),
        ("Sa-Su 00:00-02:30", "2026-03-28T23:30", "open 2026-03-29T01:00"),
        // 02:30 occurs twice on October 25: the first opens, the last closes.
        ("Su 02:30-05:00", "2026-10-24T23:00", "closed 2026-10-25T00:30"),
        ("Su 00:00-02:30", "2026-10-24T23:00", "open 2026-10-25T01:30"),
        ("Su 02:10-02:50", "2026-03-28T23:00", "closed 2026-04-05T00:10"),
        // An end on the minute from which the clock repeats is 02:00 summer time (the Rust evaluator: an hour later).
        ("20:00-26:00", "2026-10-24T23:15", "open 2026-10-25T00:00"),
        ("Sa 20:00-02:00", "2027-10-30T23:30", "open 2027-10-31T00:00"),
        ("Sa 20:00-02:00", "2027-10-31T00:30", "closed 2027-11-06T19:00"),
        ("Su 00:00-02:00; Su 02:00-03:00 off", "2027-10-30T23:30", "open 2027-10-31T00:00"),
        ("Sa 20:00-02:15", "2027-10-31T00:30", "open 2027-10-31T01:15"),
        // A weekday's ordinal ends a range of dates.
        ("Dec 01-Dec Fr[3] 10:00-14:00", "2026-12-18T09:30", "open 2026-12-18T13:00"),
        ("Dec 01-Dec Fr[3] 10:00-14:00", "2026-12-18T14:00", "closed 2027-12-01T09:00"),
        ("Dec 01-Dec Fr[3] 10:00-14:00", "2027-12-17T09:30", "open 2027-12-17T13:00"),
        ("Jan 20-Jan Su[-1]", "2026-01-22T11:00", "open 2026-01-25T23:00"),
        ("Dec 20-Dec Su[-1] +4 days", "2026-12-24T11:00", "open 2026-12-31T23:00"),
        ("Mar Su[-1]-Oct Su[-1]", "2026-03-29T11:00", "open 2026-10-25T23:00"),
        ("Oct Su[-1]-Mar Su[-1]", "2026-11-01T11:00", "open 2027-03-28T22:00"),
        // The last Sunday of November 2026 is the 29th; four days after it is no day of December's last Sunday.
        ("Dec Su[-1] +4 days", "2026-12-03T11:00", "closed 2026-12-30T23:00"),
        ("Dec Su[-1] +7 days", "2027-01-03T11:00", "open 2027-01-03T23:00"),
        ("Aug 15,Jul Su[-1] 10:00-14:00", "2026-07-26T09:00", "open 2026-07-26T12:00"),
        ("Aug 15,Jul Su[-1] 10:00-14:00", "2026-08-15T09:00", "open 2026-08-15T12:00"),
        ("2026 Dec 24,Dec 31 10:00-12:00", "2027-12-30T11:00", "closed none"),
        // Open end, as opening_hours.js documents it (the Rust evaluator: open until midnight).
        ("Fr 17:00+", "2026-03-06T15:00", "closed 2026-03-06T16:00"),
        ("Fr 17:00+", "2026-03-06T17:00", "unknown 2026-03-07T02:00"),
        ("Fr 10:00-14:00+", "2026-03-06T13:30", "unknown 2026-03-06T23:00"),
        ("Fr 22:00+", "2026-03-06T21:30", "unknown 2026-03-07T05:00"),
        // A night belongs to the day it began on (the Rust evaluator: the next day's rule cuts it off).
        ("Fr 22:00-04:00; Sa 10:00-12:00", "2026-03-07T01:00", "open 2026-03-07T03:00"),
        ("Fr 07:00-05:00; Sa off", "2026-03-07T01:00", "open 2026-03-07T04:00"),
        ("Fr 22:00-04:00; Sa 02:00-03:00 off", "2026-03-07T00:30", "open 2026-03-07T01:00"),
        // The fallback holds at each instant left closed (the Rust evaluator: only on days left closed).
        ("Mo-Fr 08:00-12:00 || \"by appointment\"", "2026-03-06T13:00", "unknown 2026-03-09T07:00"),
        ("Mo-Fr 08:00-12:00 || \"by appointment\"", "2026-03-06T08:00", "open 2026-03-06T11:00"),
        ("Mo-Fr 10:00-18:00; Mo-Fr 12:00-13:00 off", "2026-03-06T11:30", "closed 2026-03-06T12:00"),
        ("Mo-Fr 10:00-18:00; PH off", "2026-12-25T10:00", "closed 2026-12-28T09:00"),
        ("Mo-Fr 10:00-18:00, PH off", "2026-12-25T10:00", "closed 2026-12-28T09:00"),
        ("PH Mo-Fr 10:00-12:00", "2026-12-25T10:00", "open 2026-12-25T11:00"),
        ("PH Mo-Fr 10:00-12:00", "2026-12-26T10:00", "closed 2027-01-01T09:00"),
        ("PH -1 day 10:00-12:00", "2026-12-24T10:00", "open 2026-12-24T11:00"),
        ("\"by appointment\"", "2026-03-06T10:00", "unknown none"),
        ("off", "2026-03-06T10:00", "closed none"),
        ("24/7; Dec 25 off", "2026-12-24T10:00", "open 2026-12-24T23:00"),
        ("Mo-Fr 09:00-10:00 open \"Lunch\"", "2026-03-06T08:30", "open 2026-03-06T09:00"),
        ("2026 Dec 24-2027 Jan 02 10:00-11:00", "2027-01-02T09:30", "open 2027-01-02T10:00"),
        ("sunrise-sunset", "2026-03-06T10:00", "unknown none"),
    ]

    @Test(arguments: copenhagen)
    func `says the state and the next change`(_ row: (hours: String, at: String, state: String)) throws {
        let zone = try #require(TimeZone(identifier: "Europe/Copenhagen"))
        let state = OpeningHours(row.hours).state(at: try utc(row.at[...]), in: zone, holidays: .denmark)
        #expect(describe(state) == row.state)
    }

    @Test func `counts the hours of days with 23 and 25 hours`() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Copenhagen"))
        let hours = OpeningHours("Su 00:00-24:00")
        for (day, length) in [("2026-03-29", 23.0), ("2026-10-25", 25.0), ("2026-06-07", 24.0)] {
            let noon = try utc("\(day)T10:00")
            let found = hours.intervals(
                from: noon - 2 * 86_400, to: noon + 2 * 86_400, in: zone, holidays: .none)
            #expect(found.map { $0.end.timeIntervalSince($0.start) / 3600 } == [length])
        }
    }

    @Test func `clips intervals to the range asked`() throws {
        let hours = OpeningHours("Mo-Fr 10:00-12:00,13:00-18:00")
        let found = hours.intervals(
            from: try utc("2026-03-06T11:00"), to: try utc("2026-03-06T14:00"), in: .gmt, holidays: .none)
        #expect(found.map { "\(clock($0.start)) \(clock($0.end))" } == ["11:00 12:00", "13:00 14:00"])
        #expect(
            hours.intervals(
                from: try utc("2026-03-06T14:00"), to: try utc("2026-03-06T14:00"), in: .gmt, holidays: .none
            )
            .isEmpty)
        let always = OpeningHours("24/7").intervals(
            from: try utc("2026-03-06T11:00"), to: try utc("2026-03-09T14:00"), in: .gmt, holidays: .none)
        #expect(always.map { $0.end.timeIntervalSince($0.start) } == [75 * 3600])
    }

    private func clock(_ date: Date) -> String {
        String(date.formatted(.iso8601).dropFirst(11).prefix(5))
    }
}
