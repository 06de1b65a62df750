import Foundation
import OpeningHours
import Testing

@testable import salons

struct `A week's picture` {
    private static let zone = TimeZone(identifier: "Europe/Copenhagen")!

    private static func range(_ start: String, _ end: String) throws -> Range<Date> {
        try Date(start, strategy: .iso8601)..<Date(end, strategy: .iso8601)
    }

    private static func picture(
        _ week: String, _ working: [Range<Date>], _ entries: [WeekPicture.Entry], width: Int, hasColour: Bool = false
    ) throws -> WeekPicture {
        WeekPicture(
            week: try #require(CalendarWeek(week)), zone: zone, working: working, entries: entries, width: width,
            hasColour: hasColour)
    }

    private static func ordinary(width: Int = 80, hasColour: Bool = false) throws -> WeekPicture {
        try picture(
            "2026-W48",
            [
                range("2026-11-23T08:00:00Z", "2026-11-23T11:00:00Z"),
                range("2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z"),
            ],
            [
                .init(state: .booked, during: range("2026-11-23T08:00:00Z", "2026-11-23T08:45:00Z")),
                .init(state: .blocked, during: range("2026-11-23T08:45:00Z", "2026-11-23T09:15:00Z")),
                .init(state: .elsewhere, during: range("2026-11-23T09:30:00Z", "2026-11-23T10:30:00Z")),
                .init(state: .booked, during: range("2026-11-23T10:40:00Z", "2026-11-23T10:50:00Z")),
                .init(state: .timeOff, during: range("2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z")),
            ], width: width, hasColour: hasColour)
    }

    @Test func `shows each use of the time by a character of its own, and when it begins`() throws {
        #expect(
            try Self.ordinary().text == """
                      Mon 23    Tue 24    Wed 25    Thu 26    Fri 27    Sat 28    Sun 29
                09:00 █09:00███ ─────────
                  :30 ╳09:45╳╳╳ ─────────
                10:00 ╳╳╳╳╳╳╳╳╳
                  :30 ▚10:30▚▚▚
                11:00 ▚▚▚▚▚▚▚▚▚
                  :30 █11:40███

                · free   ─ time off   ▚ taken elsewhere   ╳ blocked   █ booked   blank: not working
                """)
    }

    @Test func `has rows for the hour that comes twice when the clock goes back`() throws {
        let picture = try Self.picture(
            "2026-W43", [Self.range("2026-10-24T23:00:00Z", "2026-10-25T03:30:00Z")],
            [
                .init(state: .booked, during: Self.range("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")),
                .init(state: .held, during: Self.range("2026-10-25T02:00:00Z", "2026-10-25T02:20:00Z")),
            ], width: 62)
        let blank = String(repeating: " ", count: 48)
        #expect(
            picture.text == """
                      Mon 19  Tue 20  Wed 21  Thu 22  Fri 23  Sat 24  Sun 25
                01:00 \(blank)·······
                  :30 \(blank)·······
                02:00 \(blank)·······
                  :30 \(blank)█02:30█
                02:00*\(blank)███████
                  :30*\(blank)·······
                03:00 \(blank)▒03:00▒
                  :30 \(blank)·······
                04:00 \(blank)·······

                · free   ▒ held   █ booked   blank: not working
                * for the second time: the clock goes back
                """)
    }

    @Test func `has no time in the hour that is left out when the clock goes forward`() throws {
        let picture = try Self.picture(
            "2026-W13",
            [
                Self.range("2026-03-28T00:00:00Z", "2026-03-28T03:00:00Z"),
                Self.range("2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z"),
            ], [], width: 62)
        let blank = String(repeating: " ", count: 40)
        #expect(
            picture.text == """
                      Mon 23  Tue 24  Wed 25  Thu 26  Fri 27  Sat 28  Sun 29
                01:00 \(blank)······· ·······
                  :30 \(blank)······· ·······
                02:00 \(blank)······· ╌╌╌╌╌╌╌
                  :30 \(blank)······· ╌╌╌╌╌╌╌
                03:00 \(blank)······· ·······
                  :30 \(blank)······· ·······

                · free   █ booked   blank: not working
                ╌ no such time: the clock goes forward
                """)
    }

    @Test(arguments: [20, 40, 60, 80, 100, 200])
    func `fits the terminal, down to three columns a day`(width: Int) throws {
        let lines = try Self.ordinary(width: width).text.split(separator: "\n").dropLast()
        #expect(lines.allSatisfy { $0.count <= max(width, 33) }, "\(lines)")
    }

    @Test func `is the same picture in colours`() throws {
        let colours = try Self.ordinary(hasColour: true).text
        #expect(colours.contains("\u{1B}[34m█09:00███\u{1B}[0m"))
        #expect(colours.replacing(#/\u{1B}\[\d+m/#, with: "") == (try Self.ordinary().text))
    }

    @Test func `of a week without work says so`() throws {
        #expect(try Self.picture("2026-W48", [], [], width: 80).text == "Nobody works here in this week.")
    }
}
