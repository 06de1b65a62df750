import Foundation
import Scheduling
import Testing

@Suite struct RecurrenceTests {
    @Test(arguments: [
        // Nine o'clock stays nine o'clock.
        ("Europe/Copenhagen", "2026-03-22T08:00Z", 1, ["2026-03-22T08:00Z", "2026-03-29T07:00Z", "2026-04-05T07:00Z"]),
        ("Europe/Copenhagen", "2026-10-11T07:00Z", 2, ["2026-10-11T07:00Z", "2026-10-25T08:00Z", "2026-11-08T08:00Z"]),
        // 02:30 does not exist on 29 March: right after the gap; on 25 October it comes twice: the first.
        ("Europe/Copenhagen", "2026-03-22T01:30Z", 1, ["2026-03-22T01:30Z", "2026-03-29T01:00Z", "2026-04-05T00:30Z"]),
        ("Europe/Copenhagen", "2026-10-18T00:30Z", 1, ["2026-10-18T00:30Z", "2026-10-25T00:30Z", "2026-11-01T01:30Z"]),
        ("Atlantic/Faroe", "2026-03-22T01:30Z", 1, ["2026-03-22T01:30Z", "2026-03-29T01:00Z", "2026-04-05T00:30Z"]),
        ("America/Nuuk", "2023-03-19T01:30Z", 1, ["2023-03-19T01:30Z", "2023-03-26T01:00Z", "2023-04-02T00:30Z"]),
        ("Asia/Kathmandu", "2028-02-22T03:15Z", 1, ["2028-02-22T03:15Z", "2028-02-29T03:15Z", "2028-03-07T03:15Z"]),
    ])
    func `a series keeps the time on the wall`(zone: String, start: String, weeks: Int, expected: [String]) throws {
        let weekly = try #require(Recurrence(everyWeeks: weeks, count: expected.count))
        let zone = try #require(TimeZone(identifier: zone))
        #expect(try weekly.starts(from: at(start), in: zone) == expected.map(at))
    }

    @Test func `a rhythm has 2 to 60 occurrences, 1 to 52 weeks apart`() throws {
        #expect(Recurrence(everyWeeks: 1, count: 1) == nil)
        #expect(Recurrence(everyWeeks: 1, count: 61) == nil)
        #expect(Recurrence(everyWeeks: 0, count: 2) == nil)
        #expect(Recurrence(everyWeeks: 53, count: 2) == nil)
        let most = try #require(Recurrence(everyWeeks: 52, count: 60))
        #expect(Set(most.starts(from: try at("2026-11-23T09:00Z"), in: .gmt)).count == 60)
    }

    @Test(
        arguments: [
            ("2026-12-07", 3), ("2026-12-06", 2), ("2026-11-30", 2), ("2026-11-29", nil), ("2026-11-01", nil),
            ("2028-01-10", 60), ("2028-01-17", nil),
        ] as [(String, Int?)])
    func `a rhythm until a date ends on that date or before it`(last: String, expected: Int?) throws {
        let rhythm = Recurrence(everyWeeks: 1, from: try date("2026-11-23"), until: try date(last))
        #expect(rhythm?.count == expected)
    }
}
