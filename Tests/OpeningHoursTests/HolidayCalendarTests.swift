import Foundation
import OpeningHours
import Testing

@Suite struct HolidayCalendarTests {
    static let years: [(country: String, year: Int, certain: String, possible: String)] = [
        ("DK", 2020, "1/1 4/9 4/10 4/12 4/13 5/8 5/21 5/31 6/1 12/25 12/26", ""),
        // Great Prayer Day was abolished from 2024 on, in Denmark alone.
        ("DK", 2023, "1/1 4/6 4/7 4/9 4/10 5/5 5/18 5/28 5/29 12/25 12/26", ""),
        ("DK", 2024, "1/1 3/28 3/29 3/31 4/1 5/9 5/19 5/20 12/25 12/26", ""),
        ("dk", 2026, "1/1 4/2 4/3 4/5 4/6 5/14 5/24 5/25 12/25 12/26", ""),
        ("FO", 2026, "1/1 4/2 4/3 4/5 4/6 5/1 5/14 5/24 5/25 7/29 12/25 12/26", "4/25 6/5 7/28 12/24 12/31"),
        ("GL", 2026, "1/1 4/2 4/3 4/5 4/6 5/1 5/14 5/24 5/25 12/25 12/26", "6/21"),
        // 9 June is Åland's own; the eves are days off by custom, not by the act.
        ("FI", 2026, "1/1 1/6 4/3 4/5 4/6 5/1 5/14 5/24 6/20 10/31 12/6 12/25 12/26", "6/9 6/19 12/24"),
        ("SE", 2026, "1/1 1/6 4/3 4/5 4/6 5/1 5/14 5/24 6/6 6/20 10/31 12/25 12/26", "6/19 12/24 12/31"),
        ("NO", 2026, "1/1 4/2 4/3 4/5 4/6 5/1 5/14 5/17 5/24 5/25 12/25 12/26", ""),
        (
            "DE", 2026, "1/1 4/3 4/6 5/1 5/14 5/25 10/3 12/25 12/26",
            "1/6 3/8 4/5 5/24 6/4 8/8 8/15 9/20 10/31 11/1 11/18"
        ),
        ("NL", 2026, "1/1 4/3 4/5 4/6 4/27 5/14 5/24 5/25 12/25 12/26", ""),
        ("AT", 2026, "1/1 1/6 4/6 5/1 5/14 5/25 6/4 8/15 10/26 11/1 12/8 12/25 12/26", ""),
    ]

    @Test(arguments: years)
    func `knows the holidays of a country, and those of some of its regions`(
        _ row: (country: String, year: Int, certain: String, possible: String)
    ) {
        #expect(days(.of(country: row.country), row.year, .certain) == row.certain)
        #expect(days(.of(country: row.country), row.year, .possible) == row.possible)
    }

    static let single: [(country: String, day: String, certainty: HolidayCalendar.Certainty)] = [
        ("FR", "2026-12-25", .certain), ("FR", "2026-12-26", .possible), ("FR", "2026-12-24", .ordinary),
        ("GB", "2026-12-25", .certain), ("GB", "2026-04-06", .possible), ("GB", "2026-11-30", .possible),
        ("US", "2026-11-26", .certain), ("US", "2026-11-27", .possible), ("CA", "2026-07-01", .certain),
        ("CA", "2026-06-24", .possible), ("CH", "2026-08-01", .certain), ("CH", "2026-01-02", .possible),
        ("ES", "2026-10-12", .certain), ("ES", "2026-09-11", .possible), ("PT", "2026-04-25", .certain),
        ("IT", "2026-06-02", .certain), ("PL", "2026-11-11", .certain), ("IE", "2026-03-17", .certain),
        // Eid is only estimated, so it may come a day earlier or later.
        ("EG", "2030-02-04", .possible), ("GR", "2026-04-13", .certain), ("JP", "2026-11-23", .certain),
    ]

    @Test(arguments: single)
    func `knows a day`(_ row: (country: String, day: String, certainty: HolidayCalendar.Certainty)) throws {
        let day = try #require(CivilDay(row.day))
        #expect(HolidayCalendar.of(country: row.country).certainty(of: day) == row.certainty)
    }

    @Test func `may have a holiday on any day of a country or a year that it does not know`() throws {
        let day = try #require(CivilDay("2026-03-03"))
        for country in ["", "XX", "D", "DEU"] {
            #expect(HolidayCalendar.of(country: country).certainty(of: day) == .possible)
        }
        for text in ["2019-12-25", "2036-01-01"] {
            #expect(HolidayCalendar.denmark.certainty(of: try #require(CivilDay(text))) == .possible)
        }
        #expect(HolidayCalendar.unknown.withoutPossible.certainty(of: day) == .ordinary)
        #expect(HolidayCalendar.none.certainty(of: day) == .ordinary)
    }

    @Test func `has every country of the table in data, whatever file it stands in`() throws {
        let table = try String(contentsOf: Self.data.appending(path: "public_holidays.tsv"), encoding: .utf8)
        let rows = table.split(separator: "\n").dropFirst()
        #expect(rows.count == 250)
        for row in rows {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
            let calendar = HolidayCalendar.of(country: String(cells[0]))
            for (cell, certainty) in zip(cells.dropFirst(), [HolidayCalendar.Certainty.certain, .possible]) {
                for word in cell.split(separator: " ") {
                    let parts = word.split(separator: ":")
                    let (year, dates) = parts.count == 2 ? (2000 + (Int(parts[0]) ?? 0), parts[1]) : (2026, word)
                    for date in dates.split(separator: ",") {
                        guard let number = Int(date), number > 100 else { continue }
                        let day = CivilDay(year: year, month: number / 100, day: number % 100)
                        #expect(calendar.certainty(of: day) == certainty, "\(cells[0]) \(day)")
                    }
                }
            }
        }
    }

    private static let data = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "data")

    /// Needs `pip install holidays` of the version that the table is made of; skipped without.
    @Test func `agrees with the package that it is made of, on each day of each country`() throws {
        guard let list = try Self.listed() else { return }
        var countries = 0
        for line in list.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            let certainty: HolidayCalendar.Certainty = words[0].hasSuffix("+") ? .certain : .possible
            let calendar = HolidayCalendar.of(country: String(words[0].dropLast()))
            let expected = words.dropFirst().joined(separator: " ")
            let found = (2020...2035).flatMap { days(calendar, in: $0, certainty) }.map(\.description)
            #expect(found.joined(separator: " ") == expected, "\(words[0])")
            countries += 1
        }
        #expect(countries == 500)
    }

    private static func listed() throws -> String? {
        let script = Process()
        let output = Pipe()
        script.executableURL = URL(filePath: "/usr/bin/env")
        script.arguments = ["python3", data.appending(path: "public_holidays.py").path(), "--list"]
        script.standardOutput = output
        script.standardError = FileHandle.nullDevice
        try script.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        script.waitUntilExit()
        return script.terminationStatus == 0 ? String(decoding: text, as: UTF8.self) : nil
    }

    private func days(_ calendar: HolidayCalendar, in year: Int, _ certainty: HolidayCalendar.Certainty) -> [CivilDay] {
        let first = CivilDay(year: year, month: 1, day: 1).number
        return (first..<CivilDay(year: year + 1, month: 1, day: 1).number).map { CivilDay(number: $0) }
            .filter { calendar.certainty(of: $0) == certainty }
    }

    private func days(_ calendar: HolidayCalendar, _ year: Int, _ certainty: HolidayCalendar.Certainty) -> String {
        days(calendar, in: year, certainty).map { "\($0.date.month)/\($0.date.day)" }.joined(separator: " ")
    }
}
