import Foundation
import OpeningHours
import Testing

@testable import salons

struct `Times typed at a terminal` {
    /// Monday, 09:00 in Copenhagen.
    private let time = LocalTime(
        zone: TimeZone(identifier: "Europe/Copenhagen")!, now: Date(timeIntervalSince1970: 1_795_420_800))

    private func utc(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    @Test(arguments: [
        ("15:30", "2026-11-23T14:30:00Z"), ("8:05", "2026-11-23T07:05:00Z"),
        ("today 15:30", "2026-11-23T14:30:00Z"), ("tomorrow 10:00", "2026-11-24T09:00:00Z"),
        ("Fri 9:30", "2026-11-27T08:30:00Z"), ("monday 12:00", "2026-11-23T11:00:00Z"),
        ("sun 00:00", "2026-11-28T23:00:00Z"), ("2026-11-24T15:30", "2026-11-24T14:30:00Z"),
        ("2026-11-24 15:30", "2026-11-24T14:30:00Z"), ("2026-07-01 15:30", "2026-07-01T13:30:00Z"),
        ("2026-11-24T15:30:00+01:00", "2026-11-24T14:30:00Z"), ("2026-11-24T14:30:00Z", "2026-11-24T14:30:00Z"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00Z"), ("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z"),
    ])
    func `are the salon's own, or say their offset`(text: String, expected: String) throws {
        #expect(try time.instant(text, option: "--at") == utc(expected))
    }

    @Test(arguments: [
        "", "15.30", "soon", "soon 10:00", "tomorrow", "2026-11-24", "2026-2-30 10:00",
        "15:30+01:00",
        "mo 10:00", "10:00 tomorrow", "2026-11-24T15:30 sharp",
    ])
    func `are refused with examples where they are none`(text: String) {
        let error = #expect(throws: CommandError.self) { try time.instant(text, option: "--at") }
        #expect(error?.description.contains("--at '\(text)': write a time as 15:30, tomorrow 10:00") == true)
    }

    @Test(arguments: [
        "24:00", "15:29:60", "2026-11-24T15:29:60+01:00", "2026-11-24T15:30+99:99", "2026-11-24T15:30+24:00",
        "2026-11-24T15:30-01:60", "15:30:\u{663}\u{660}", "2026-11-24T\u{661}\u{665}:30",
        "2026-11-24T15:30+\u{660}\u{661}:00", "15:29:59.9", "2026-11-31 10:00", "2026-02-29T10:00",
    ])
    func `are never taken for others that they are near to`(text: String) {
        let error = #expect(throws: CommandError.self) { try time.instant(text, option: "--at") }
        #expect(error?.description.hasPrefix("--at '\(text)': ") == true)
    }

    @Test(arguments: [
        ("2026-02-30 10:00", "there is no 2026-02-30: Feb 2026 has 28 days"),
        ("2026-02-30T10:00", "there is no 2026-02-30: Feb 2026 has 28 days"), ("2028-02-30 10:00", "has 29 days"),
        ("2026-11-31T10:00:00+01:00", "there is no 2026-11-31: Nov 2026 has 30 days"), ("2026-02-30", "has 28 days"),
        ("2026-12-32 10:00", "Dec 2026 has 31 days"), ("2026-13-01 10:00", "there is no month 13"),
        ("25:00", "there is no time of day 25:00"), ("tomorrow 15:60", "there is no time of day 15:60"),
        ("24:00", "there is no time of day 24:00"), ("15:29:60", "there is no time of day 15:29:60"),
        ("2026-11-24T15:29:60+01:00", "there is no time of day 15:29:60+01:00"),
        ("2026-11-24T15:30+99:99", "there is no time of day"), ("2026-11-24T15:30+24:00", "there is no time of day"),
        ("2026-11-24T15:30-01:60", "there is no time of day"), ("15:30:\u{663}\u{660}", "there is no time of day"),
        ("2026-11-24T\u{661}\u{665}:30", "there is no time of day"), ("15:29:59.9", "there is no time of day"),
        ("2026-11-24T15:30+\u{660}\u{661}:00", "there is no time of day"),
        ("2026-02-29T10:00", "there is no 2026-02-29: Feb 2026 has 28 days"),
    ])
    func `say what does not exist where only the form is right`(text: String, sentence: String) {
        let error = #expect(throws: CommandError.self) { try time.instant(text, option: "--at") }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("write a time as") == false)
        #expect(throws: CommandError.self) { try time.bound(text, option: "--from") }
    }

    @Test func `are refused where the clock has no such time, or has it twice`() {
        let missing = #expect(throws: CommandError.self) { try time.instant("2026-03-29T02:30", option: "--at") }
        #expect(missing?.description.contains("there is no such time") == true)
        let twice = #expect(throws: CommandError.self) { try time.instant("2026-10-25 02:30", option: "--at") }
        #expect(
            twice?.description.hasSuffix("say which, as 2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00") == true
        )
    }

    @Test func `bound a search by days as well`() throws {
        #expect(try time.bound("tomorrow", option: "--from") == utc("2026-11-23T23:00:00Z"))
        #expect(try time.bound("tomorrow", isEnd: true, option: "--to") == utc("2026-11-24T23:00:00Z"))
        #expect(try time.bound("2026-10-25", isEnd: true, option: "--to") == utc("2026-10-25T23:00:00Z"))
        #expect(try time.bound("15:30", isEnd: true, option: "--to") == utc("2026-11-23T14:30:00Z"))
    }

    @Test func `are written as the clock on the salon's wall shows them`() throws {
        #expect(time.text(try utc("2026-10-25T00:30:00Z")) == "Sun 25 Oct 02:30")
        #expect(time.text(try utc("2026-12-31T23:05:00Z")) == "Fri 1 Jan 00:05")
    }

    @Test(arguments: [
        ("2026-W48", "2026-11-23"), ("2026-w01", "2025-12-29"), ("2026-W53", "2026-12-28"), ("2021-W01", "2021-01-04"),
        ("2020-W53", "2020-12-28"),
    ])
    func `name weeks as ISO 8601 does`(text: String, monday: String) throws {
        let week = try #require(CalendarWeek(text))
        #expect(week.monday == CivilDay(monday))
        #expect(week.text == text.uppercased())
    }

    @Test(arguments: ["2026-W00", "2026-W54", "2021-W53", "2026-48", "W48", "2026-W4", ""])
    func `name no week that a year does not have`(text: String) {
        #expect(CalendarWeek(text) == nil)
    }
}
