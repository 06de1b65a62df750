import Foundation
import OpeningHours
import Testing

@Suite struct ParsingTests {
    static let spellings: [(text: String, canonical: String)] = [
        ("mo-fr 9:00-17:30;sa,su 10.00 – 14.00;", "Mo-Fr 09:00-17:30; Sa,Su 10:00-14:00"),
        ("Mo-Th 11:00-23:00; Fr11:00-24:00", "Mo-Th 11:00-23:00; Fr 11:00-24:00"),
        ("Mon-Fri 10:00-12:00, 13:00-18:00", "Mo-Fr 10:00-12:00,13:00-18:00"),
        ("Mo, Tu: 10:00-20:00, PH off", "Mo,Tu 10:00-20:00, PH off"),
        ("Jun 1 - Aug 31 Sa off", "Jun 01-Aug 31 Sa off"),
        ("Dec 01 - Dec Fr[3] 10:00-14:00", "Dec 01-Dec Fr[3] 10:00-14:00"),
        ("Dec 20-Dec Su[-1] +4 days", "Dec 20-Dec Su[-1] +4 days"),
        ("Mar Su[-1]-Oct Su[-1] Sa 10:00-14:00", "Mar Su[-1]-Oct Su[-1] Sa 10:00-14:00"),
        ("Jul Su[-1],Aug 15 10:00-14:00", "Jul Su[-1],Aug 15 10:00-14:00"),
        ("Aug 15,Jul Su[-1] 10:00-14:00", "Aug 15,Jul Su[-1] 10:00-14:00"),
        ("easter -2 days-easter +1 day off", "easter -2 days-easter +1 day off"),
        ("Dec Su[1]-Dec Su[1] +6 days off", "Dec Su[1]-Dec Su[1] +6 days off"),
        ("Dec Fr[3] 10:00-14:00", "Dec Fr[3] 10:00-14:00"),
        ("Nov-Dec Fr[3] 10:00-14:00", "Nov-Dec Fr[3] 10:00-14:00"),
        ("Dec 24-26 off", "Dec 24-Dec 26 off"),
        ("2026 Dec 24, Dec 31 closed", "2026 Dec 24,2026 Dec 31 off"),
        ("Fr 22:00-02:00", "Fr 22:00-26:00"),
        ("Mo open, Tu 10:00-12:00", "Mo open, Tu 10:00-12:00"),
        ("Mo[1,-1] 10:00-11:00", "Mo[1,-1] 10:00-11:00"),
        ("2026+ week 1-53/2 Mo 10:00-11:00", "2026+ week 1-53/2 Mo 10:00-11:00"),
        ("Su,PH off || \"ring the bell\"", "PH,Su off || \"ring the bell\""),
        ("24/7", "24/7"),
    ]

    @Test(arguments: spellings)
    func `has one spelling for values that mean the same`(_ row: (text: String, canonical: String)) {
        let hours = OpeningHours(row.text)
        #expect(hours.text == row.text)
        #expect(hours.complaint == nil)
        #expect(hours.canonical == row.canonical)
        #expect(OpeningHours(row.canonical).rules == hours.rules)
    }

    static let refused: [(text: String, complaint: String)] = [
        ("", "days, times or a state are expected at character 1"),
        ("Mo-Fr 10:00-18:00; SH off", "school holidays are not known at character 20"),
        ("sunrise-sunset", "times of the sun are not known at character 1"),
        ("Mo 10:00-sunset", "times of the sun are not known at character 10"),
        ("Mo-Fr 10-18", "a rule separator is expected at character 7"),
        ("Mo 25:00-26:00", "a time of day is expected at character 4"),
        ("Mo 10:00-18:00/90", "points in time are not known at character 15"),
        ("Feb 30 off", "a day of the month is expected before this at character 7"),
        ("Dec 01-Dec Fr 10:00-14:00", "a day of the month is expected at character 11"),
        ("Dec 24-Jan off", "a day of the month is expected at character 11"),
        ("Jun-Aug 15 off", "a month alone is expected before this at character 11"),
        ("Dec 27-Dec Su[-1] off", "a date that is later in each year is expected before this at character 18"),
        ("Apr 10-easter off", "a date that is later in each year is expected before this at character 14"),
        ("Jun 01-Jun Su[5] off", "a date that is later in each year is expected before this at character 17"),
        ("2026 Dec 24-2026 Dec 20 off", "a date that is later in each year is expected before this at character 24"),
        ("Dec Fr[3]-Dec Fr[3] off", "a later date is expected before this at character 20"),
        ("Mar Su[-1]-Oct off", "a day of the month is expected at character 15"),
        ("Dec 01-Dec Fr[1,3] off", "a day of the month is expected at character 11"),
        (
            "PH off; PH +1 day off; PH +2 days off; PH +3 days off",
            "at most three distances from holidays are understood at character 50"
        ),
        ("Mo \"by", "a closing quote is expected at character 4"),
        ("after work", "an unknown word stands at character 1"),
    ]

    @Test(arguments: refused)
    func `keeps a value it does not understand as text and names the part`(_ row: (text: String, complaint: String)) {
        let hours = OpeningHours(row.text)
        #expect(!hours.isUnderstood)
        #expect(hours.complaint == row.complaint)
        #expect(hours.rules.isEmpty)
        #expect(hours.state(at: .now, in: .gmt, holidays: .denmark).status == .unknown)
    }
}
