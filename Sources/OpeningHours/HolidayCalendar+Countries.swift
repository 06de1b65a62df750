/// The days each country's law names. Sources: Denmark, *lov om helligdage* and Act 214 of 2023, which abolished Great
/// Prayer Day; Faroes and Greenland, the same church days with their own national days, without half days; Finland, the
/// church act and the act on independence day; Sweden, *lag (1989:253) om allmänna helgdagar*; Norway, *lov om
/// helligdager* and the act on May 1 and 17; Germany, the nine days that all sixteen states' acts have in common.
extension HolidayCalendar.Country {
    func fixedHoliday(month: Int, day: Int) -> String? {
        switch (month, day) {
        case (1, 1): return "New Year's Day"
        case (12, 25): return "Christmas Day"
        case (12, 26): return "Second Day of Christmas"
        case (1, 6) where self == .finland || self == .sweden: return "Epiphany"
        case (5, 1) where [.finland, .sweden, .norway, .germany].contains(self): return "May Day"
        case (5, 17) where self == .norway: return "Constitution Day"
        case (6, 6) where self == .sweden: return "National Day"
        case (6, 21) where self == .greenland: return "National Day"
        case (7, 29) where self == .faroes: return "Saint Olaf's Day"
        case (10, 3) where self == .germany: return "German Unity Day"
        case (12, 6) where self == .finland: return "Independence Day"
        default: return nil
        }
    }

    func movableHoliday(daysAfterEaster offset: Int, year: Int) -> String? {
        let isDanish = self == .denmark || self == .faroes || self == .greenland
        switch offset {
        case -3: return isDanish || self == .norway ? "Maundy Thursday" : nil
        case -2: return "Good Friday"
        // Germany's Easter and Whit Sunday are holidays in Brandenburg alone.
        case 0: return self == .germany ? nil : "Easter Sunday"
        case 1: return "Easter Monday"
        case 26:
            // The act of 2023 binds Denmark only; the Faroes and Greenland kept the day.
            return (self == .denmark && year <= 2023) || self == .faroes || self == .greenland
                ? "Great Prayer Day" : nil
        case 39: return "Ascension Day"
        case 49: return self == .germany ? nil : "Whit Sunday"
        case 50: return isDanish || self == .norway || self == .germany ? "Whit Monday" : nil
        default: return nil
        }
    }

    func weekdayHoliday(month: Int, day: Int, weekday: Int) -> String? {
        guard self == .finland || self == .sweden, weekday == 5 else { return nil }
        switch (month, day) {
        case (6, 20...26): return "Midsummer Day"
        case (10, 31), (11, 1...6): return "All Saints' Day"
        default: return nil
        }
    }
}
