/// The public holidays (`PH`) of one country, computed for any Gregorian year.
///
/// Only days that the country's own law makes general public holidays count. For Denmark that leaves out Constitution
/// Day (June 5), Christmas Eve and New Year's Eve: they are no *helligdage*, and a salon that closes on them says so
/// with a rule of its own. (opening_hours.js counts June 5 and December 24; the Rust evaluator opening-hours does not
/// count them.) Great Prayer Day was abolished from 2024 on.
public struct HolidayCalendar: Sendable, Hashable {
    enum Country: String, Sendable, Hashable {
        case denmark = "DK"
        case faroes = "FO"
        case greenland = "GL"
        case finland = "FI"
        case sweden = "SE"
        case norway = "NO"
        case germany = "DE"
    }

    let country: Country?

    /// The statutory holidays of Denmark proper.
    public static let denmark = HolidayCalendar(country: .denmark)

    /// No day is a holiday.
    public static let none = HolidayCalendar(country: nil)

    /// The calendar of a country by ISO 3166-1 alpha-2 code in either case: DK, FO, GL, FI, SE, NO or DE (the days all
    /// of Germany's states share). Any other country has ``none``: its `PH` rules never apply.
    public static func of(country: String) -> HolidayCalendar {
        HolidayCalendar(country: Country(rawValue: country.uppercased()))
    }

    /// Whether a date is a public holiday; false for a date that does not exist.
    public func isHoliday(year: Int, month: Int, day: Int) -> Bool {
        name(year: year, month: month, day: day) != nil
    }

    /// The English name of the holiday on a date, or nil when it is none.
    public func name(year: Int, month: Int, day: Int) -> String? {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilDay.daysIn(month: month, year: year)
        else { return nil }
        return name(of: CivilDay(year: year, month: month, day: day))
    }

    /// The holidays of a year in the order of the calendar.
    public func holidays(in year: Int) -> [Holiday] {
        (1...12).flatMap { month in
            (1...CivilDay.daysIn(month: month, year: year)).compactMap { day in
                name(year: year, month: month, day: day).map { Holiday(year: year, month: month, day: day, name: $0) }
            }
        }
    }

    /// A holiday and its date.
    public struct Holiday: Sendable, Hashable {
        /// The Gregorian year.
        public let year: Int
        /// 1...12.
        public let month: Int
        /// The day of the month.
        public let day: Int
        /// In English, "Maundy Thursday".
        public let name: String
    }

    func name(of day: CivilDay) -> String? {
        guard let country else { return nil }
        let (year, month, dayOfMonth) = day.date
        guard year >= 1 else { return nil }
        if let fixed = country.fixedHoliday(month: month, day: dayOfMonth) { return fixed }
        let offset = day.number - CivilDay.easter(of: year).number
        return country.movableHoliday(daysAfterEaster: offset, year: year)
            ?? country.weekdayHoliday(month: month, day: dayOfMonth, weekday: day.weekday)
    }
}
