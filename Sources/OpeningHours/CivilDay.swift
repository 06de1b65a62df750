/// A day of the proleptic Gregorian calendar, counted from 1970-01-01, without a zone.
///
/// Foundation's `Calendar` costs microseconds a call; the look-ahead of a search evaluates hundreds of days, so the
/// arithmetic is done here, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
public struct CivilDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    public let number: Int

    /// The day with this number.
    public init(number: Int) {
        self.number = number
    }

    /// The day of a date; a `day` past the month's end runs on into the next month.
    public init(year: Int, month: Int, day: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month 1...12 and day of the month.
    public var date: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// 0 is Monday, 6 is Sunday.
    public var weekday: Int {
        let shifted = (number + 3) % 7
        return shifted < 0 ? shifted + 7 : shifted
    }

    /// The week of ISO 8601, 1...53: the week of a day is that of its Thursday.
    var isoWeek: Int {
        let thursday = CivilDay(number: number - weekday + 3)
        let newYear = CivilDay(year: thursday.date.year, month: 1, day: 1)
        return (thursday.number - newYear.number) / 7 + 1
    }

    /// Easter Sunday of a Gregorian year, by the computus of Meeus, Jones and Butcher.
    static func easter(of year: Int) -> CivilDay {
        let golden = year % 19
        let (century, rest) = (year / 100, year % 100)
        let moon = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - moon + 15) % 30
        let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7
        let correction = (golden + 11 * epact + 22 * sunday) / 451
        let total = epact + sunday - 7 * correction + 114
        return CivilDay(year: year, month: total / 31, day: total % 31 + 1)
    }

    static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// So many days later.
    public static func + (day: CivilDay, count: Int) -> CivilDay {
        CivilDay(number: day.number + count)
    }

    /// Earlier.
    public static func < (left: CivilDay, right: CivilDay) -> Bool {
        left.number < right.number
    }
}
