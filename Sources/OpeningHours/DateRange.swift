/// `Jun-Aug`, `Dec 24-26`, `2026 Dec 24-2027 Jan 02`, `easter -2 days-easter +1 day`.
struct DateRange: Sendable, Hashable, CustomStringConvertible {
    let first: Anchor
    /// Equal to `first` for a single month or day.
    let last: Anchor

    /// A date that is the same each year, or one of a year.
    struct Anchor: Sendable, Hashable, CustomStringConvertible {
        enum Base: Sendable, Hashable {
            case month(Int)
            case day(month: Int, day: Int)
            case easter
        }

        var year: Int?
        var base: Base
        var dayOffset = 0

        /// The first and last day the anchor means in a year; both nil for February 29 of a common year.
        func days(in year: Int) -> (first: CivilDay, last: CivilDay)? {
            switch base {
            case .month(let month):
                let start = CivilDay(year: year, month: month, day: 1)
                return (start, start + (CivilDay.daysIn(month: month, year: year) - 1))
            case .day(let month, let day):
                guard day <= CivilDay.daysIn(month: month, year: year) else { return nil }
                let start = CivilDay(year: year, month: month, day: day) + dayOffset
                return (start, start)
            case .easter:
                let start = CivilDay.easter(of: year) + dayOffset
                return (start, start)
            }
        }

        var description: String {
            let prefix = year.map { "\($0) " } ?? ""
            let offset = DaySelector.offset(dayOffset)
            switch base {
            case .month(let month): return prefix + Keywords.months[month - 1]
            case .day(let month, let day):
                return "\(prefix)\(Keywords.months[month - 1]) \(day < 10 ? "0" : "")\(day)\(offset)"
            case .easter: return "\(prefix)easter\(offset)"
            }
        }
    }

    func contains(_ day: CivilDay) -> Bool {
        if let year = first.year { return covers(day, from: year) }
        let year = day.date.year
        // A range may have begun the year before; an offset may carry a date over new year either way.
        return covers(day, from: year) || covers(day, from: year - 1) || covers(day, from: year + 1)
    }

    private func covers(_ day: CivilDay, from year: Int) -> Bool {
        guard first != last else {
            guard let days = first.days(in: year) else { return false }
            return day >= days.first && day <= days.last
        }
        // A range from or to February 29 begins or ends at the month's end in a common year.
        let march = CivilDay(year: year, month: 3, day: 1)
        let start = first.days(in: year)?.first ?? march
        guard day >= start else { return false }
        let endYear = last.year ?? year
        let end = last.days(in: endYear)?.last ?? CivilDay(year: endYear, month: 2, day: 28)
        if end >= start || last.year != nil { return day <= end }
        let nextEnd = last.days(in: year + 1)?.last ?? CivilDay(year: year + 1, month: 2, day: 28)
        return day <= nextEnd
    }

    var description: String {
        first == last ? first.description : "\(first)-\(last)"
    }
}
