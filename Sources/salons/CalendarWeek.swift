import OpeningHours

/// A week of ISO 8601, from Monday to Sunday.
struct CalendarWeek: Equatable {
    /// Its first day.
    let monday: CivilDay

    /// The week of a day.
    init(of day: CivilDay) {
        monday = day + -day.weekday
    }

    /// Reads `2026-W48`; nil for anything else and for a week that the year does not have.
    init?(_ text: String) {
        guard let match = text.uppercased().wholeMatch(of: #/([0-9]{4})-W([0-9]{2})/#), let year = Int(match.1),
            let number = Int(match.2), number >= 1
        else { return nil }
        // The fourth of January is always in the first week.
        let first = CivilDay(year: year, month: 1, day: 4)
        monday = first + (7 * (number - 1) - first.weekday)
        guard (monday + 3).date.year == year else { return nil }
    }

    /// Its seven days.
    var days: [CivilDay] { (0..<7).map { monday + $0 } }

    /// `2026-W48`.
    var text: String {
        let thursday = monday + 3
        let year = thursday.date.year
        let number = (thursday.number - CivilDay(year: year, month: 1, day: 1).number) / 7 + 1
        return "\(year)-W\(number < 10 ? "0" : "")\(number)"
    }
}
