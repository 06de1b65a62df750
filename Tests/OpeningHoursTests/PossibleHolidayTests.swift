import Foundation
import OpeningHours
import Testing

@Suite struct PossibleHolidayTests {
    static let states: [(country: String, hours: String, at: String, state: String)] = [
        ("FR", "Mo-Su 09:00-19:00; PH off", "2026-12-25T11:00", "closed"),
        ("FR", "Mo-Su 09:00-19:00; PH off", "2026-12-26T11:00", "possible_holiday"),
        ("FR", "Mo-Su 09:00-19:00; PH off", "2026-12-26T20:00", "closed"),
        ("DE", "Mo-Sa 09:00-18:00; PH off", "2027-01-06T10:00", "possible_holiday"),
        ("DE", "Mo-Sa 09:00-18:00; PH off", "2027-01-07T10:00", "open"),
        ("DE", "Mo-Sa 09:00-18:00", "2027-01-06T10:00", "open"),
        ("DE", "PH 10:00-12:00", "2027-01-06T10:00", "possible_holiday"),
        ("DE", "Mo-Sa 09:00-18:00; PH 10:00-12:00", "2027-01-06T10:30", "open"),
        ("DE", "Mo-Sa 09:00-18:00; PH 10:00-12:00", "2027-01-06T13:00", "possible_holiday"),
        ("DE", "Mo-Sa 09:00-18:00; PH -1 day 09:00-12:00", "2027-01-05T13:00", "possible_holiday"),
        ("DE", "Mo-Su,PH 09:00-18:00", "2027-01-06T10:00", "open"),
        ("DE", "Mo-Fr 09:00-18:00 \"by appointment\"; PH off", "2027-01-06T10:00", "possible_holiday"),
        // The night of the fifth runs on, whatever the sixth is.
        ("DE", "Mo-Su 20:00-02:00; PH off", "2027-01-06T00:30", "open"),
        ("DE", "Mo-Su 20:00-02:00; PH off", "2027-01-07T00:30", "possible_holiday"),
        ("XX", "Mo-Sa 09:00-18:00; PH off", "2026-03-03T10:00", "possible_holiday"),
        ("XX", "Mo-Sa 09:00-18:00; PH off", "2026-03-08T10:00", "closed"),
        ("XX", "Mo-Sa 09:00-18:00", "2026-03-03T10:00", "open"),
        ("", "PH,Su off; Mo-Sa 09:00-18:00", "2026-03-03T10:00", "open"),
        ("DK", "Mo-Sa 09:00-18:00; PH off", "2036-03-03T10:00", "possible_holiday"),
        ("DK", "Mo-Sa 09:00-18:00 \"kun efter aftale\"", "2026-03-03T10:00", "not_stated"),
        ("DK", "Mo-Sa 09:00-18:00; SH off", "2026-03-03T10:00", "not_understood"),
    ]

    @Test(arguments: states)
    func `a rule about holidays decides only where it is known whether the day is one`(
        _ row: (country: String, hours: String, at: String, state: String)
    ) throws {
        let zone = try #require(TimeZone(identifier: "Europe/Paris"))
        let state = OpeningHours(row.hours)
            .state(at: try utc(row.at[...]), in: zone, holidays: .of(country: row.country))
        #expect(state.reason?.rawValue ?? "\(state.status)" == row.state)
        #expect((state.status == .unknown) == (state.reason != nil))
    }

    @Test func `what is unknown because of a holiday ends with it`() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let state = OpeningHours("24/7; PH off")
            .state(at: try utc("2027-01-06T10:00"), in: zone, holidays: .of(country: "DE"))
        #expect(state.validFrom == (try utc("2027-01-05T23:00")))
        #expect(state.validUntil == (try utc("2027-01-06T23:00")))
    }

    static let admitted: [(hours: String, day: String, found: String)] = [
        ("Mo-Sa 09:00-18:00 \"kun efter aftale\"", "2026-03-03", "09:00-18:00"),
        ("\"by appointment\"", "2026-03-03", "00:00-00:00"),
        ("Mo-Sa 10:00+", "2026-03-03", "10:00-00:00"),
        ("Mo-Fr 09:00-12:00 || \"by appointment\"", "2026-03-03", "00:00-00:00"),
        ("Mo-Fr 09:00-12:00; Tu off", "2026-03-03", ""),
        ("Mo-Su 09:00-18:00; PH off", "2027-01-06", ""),
        ("Mo-Su 09:00-18:00; PH 10:00-12:00", "2027-01-06", "10:00-12:00"),
        ("Mo-Su 09:00-18:00; PH 10:00-12:00", "2027-01-07", "09:00-18:00"),
    ]

    @Test(arguments: admitted)
    func `not closed is what is open, or left open, and either way where a day may be a holiday`(
        _ row: (hours: String, day: String, found: String)
    ) throws {
        let start = try utc("\(row.day)T00:00")
        let found = OpeningHours(row.hours).intervals(
            .notClosed, from: start, to: start + 86_400, in: .gmt, holidays: .of(country: "DE"))
        let texts = found.map { interval in
            [interval.start, interval.end].map { String($0.formatted(.iso8601).dropFirst(11).prefix(5)) }
                .joined(separator: "-")
        }
        #expect(texts.joined(separator: " ") == row.found)
    }

    @Test func `says which values depend on holidays`() {
        #expect(OpeningHours("Mo-Fr 09:00-18:00; PH off").mentionsPublicHolidays)
        #expect(!OpeningHours("Mo-Fr 09:00-18:00; PH -1 day 09:00-12:00").mentionsPublicHolidays)
        #expect(OpeningHours("Mo-Fr 09:00-18:00; PH -1 day 09:00-12:00").hasHolidayRule)
        #expect(!OpeningHours("Mo-Fr 09:00-18:00 \"not on PH\"").hasHolidayRule)
    }
}
