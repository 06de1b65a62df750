import OpeningHours
import Testing

@Suite struct HolidayCalendarTests {
    /// Easter Sundays as published; the movable days follow from them.
    static let easters: [(year: Int, month: Int, day: Int)] = [
        (2020, 4, 12), (2021, 4, 4), (2022, 4, 17), (2023, 4, 9), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5),
        (2027, 3, 28), (2028, 4, 16), (2029, 4, 1), (2030, 4, 21),
    ]

    @Test(arguments: easters)
    func `finds Easter Sunday`(_ easter: (year: Int, month: Int, day: Int)) {
        let name = HolidayCalendar.denmark.name(year: easter.year, month: easter.month, day: easter.day)
        #expect(name == "Easter Sunday")
        let others = HolidayCalendar.denmark.holidays(in: easter.year).filter { $0.name == "Easter Sunday" }
        #expect(others.count == 1)
    }

    static let years: [(year: Int, dates: String)] = [
        (2020, "1/1 4/9 4/10 4/12 4/13 5/8 5/21 5/31 6/1 12/25 12/26"),
        (2023, "1/1 4/6 4/7 4/9 4/10 5/5 5/18 5/28 5/29 12/25 12/26"),
        (2024, "1/1 3/28 3/29 3/31 4/1 5/9 5/19 5/20 12/25 12/26"),
        (2025, "1/1 4/17 4/18 4/20 4/21 5/29 6/8 6/9 12/25 12/26"),
        (2026, "1/1 4/2 4/3 4/5 4/6 5/14 5/24 5/25 12/25 12/26"),
        (2030, "1/1 4/18 4/19 4/21 4/22 5/30 6/9 6/10 12/25 12/26"),
    ]

    @Test(arguments: years)
    func `lists the Danish holidays of a year, Great Prayer Day up to 2023`(_ row: (year: Int, dates: String)) {
        let dates = HolidayCalendar.denmark.holidays(in: row.year).map { "\($0.month)/\($0.day)" }
        #expect(dates.joined(separator: " ") == row.dates)
    }

    static let abroad: [(country: String, dates: String)] = [
        ("fi", "1/1 1/6 4/3 4/5 4/6 5/1 5/14 5/24 6/20 10/31 12/6 12/25 12/26"),
        ("SE", "1/1 1/6 4/3 4/5 4/6 5/1 5/14 5/24 6/6 6/20 10/31 12/25 12/26"),
        ("NO", "1/1 4/2 4/3 4/5 4/6 5/1 5/14 5/17 5/24 5/25 12/25 12/26"),
        ("DE", "1/1 4/3 4/6 5/1 5/14 5/25 10/3 12/25 12/26"),
        ("FO", "1/1 4/2 4/3 4/5 4/6 5/1 5/14 5/24 5/25 7/29 12/25 12/26"),
        ("GL", "1/1 4/2 4/3 4/5 4/6 5/1 5/14 5/24 5/25 6/21 12/25 12/26"),
        ("XX", ""),
    ]

    @Test(arguments: abroad)
    func `lists the holidays of another country in 2026`(_ row: (country: String, dates: String)) {
        let dates = HolidayCalendar.of(country: row.country).holidays(in: 2026).map { "\($0.month)/\($0.day)" }
        #expect(dates.joined(separator: " ") == row.dates)
    }

    @Test func `takes no holiday from a date that does not exist`() {
        #expect(!HolidayCalendar.denmark.isHoliday(year: 2026, month: 13, day: 1))
        #expect(!HolidayCalendar.denmark.isHoliday(year: 2026, month: 12, day: 57))
        #expect(!HolidayCalendar.none.isHoliday(year: 2026, month: 12, day: 25))
    }
}
