/// `Jun-Aug`, `Dec 24-26`, `2026 Dec 24-2027 Jan 02`, `easter -2 days-easter +1 day`, `Mar Su[-1]-Oct Su[-1]`.
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
            /// The nth weekday of a month, 0 for Monday; counted from its end where nth is negative.
            case weekday(month: Int, weekday: Int, nth: Int)
        }

        var year: Int?
        var base: Base
        var dayOffset = 0

        var isMonth: Bool {
            if case .month = base { true } else { false }
        }

        /// The first and last day the anchor means in a year; nil where the year has no such day.
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
            case .weekday(let month, let weekday, let nth):
                let length = CivilDay.daysIn(month: month, year: year)
                let edge = CivilDay(year: year, month: month, day: nth > 0 ? 1 : length)
                let toFirst = nth > 0 ? (weekday - edge.weekday + 7) % 7 : -((edge.weekday - weekday + 7) % 7)
                let start = edge + (toFirst + (nth > 0 ? nth - 1 : nth + 1) * 7)
                guard start.date.month == month else { return nil }
                return (start + dayOffset, start + dayOffset)
            }
        }

        /// The earliest first day and the latest last day of all years, as days of a leap year from 0 on.
        var reach: ClosedRange<Int> {
            func place(_ month: Int, _ day: Int) -> Int {
                CivilDay(year: 2000, month: month, day: day).number - CivilDay(year: 2000, month: 1, day: 1).number
            }
            switch base {
            case .month(let month):
                return place(month, 1)...place(month, CivilDay.daysIn(month: month, year: 2000))
            case .day(let month, let day):
                return (place(month, day) + dayOffset)...(place(month, day) + dayOffset)
            case .easter: return (place(3, 22) + dayOffset)...(place(4, 25) + dayOffset)
            case .weekday(let month, _, let nth):
                let length = CivilDay.daysIn(month: month, year: 2000)
                let week = nth > 0 ? (nth * 7 - 6)...(nth * 7) : (length + nth * 7)...(length + nth * 7 + 7)
                return (place(month, week.lowerBound) + dayOffset)...(place(month, week.upperBound) + dayOffset)
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
            case .weekday(let month, let weekday, let nth):
                return "\(prefix)\(Keywords.months[month - 1]) \(Keywords.weekdays[weekday])[\(nth)]\(offset)"
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
        guard let start = first.days(in: year)?.first ?? leapDay(first, in: year, or: (month: 3, day: 1)) else {
            return false
        }
        guard day >= start else { return false }
        let endYear = last.year ?? (runsOverNewYear ? year + 1 : year)
        guard let end = last.days(in: endYear)?.last ?? leapDay(last, in: endYear, or: (month: 2, day: 28)) else {
            return false
        }
        return day <= end
    }

    private func leapDay(_ anchor: Anchor, in year: Int, or other: (month: Int, day: Int)) -> CivilDay? {
        guard case .day(2, 29) = anchor.base else { return nil }
        return CivilDay(year: year, month: other.month, day: other.day) + anchor.dayOffset
    }

    /// Whether the end comes before the beginning, so that the range goes on into the next year.
    private var runsOverNewYear: Bool {
        last.reach.upperBound < first.reach.lowerBound
    }

    /// Whether the end is on the same side of the beginning in each year, and both exist in each. Nobody can say what
    /// `Dec 27-Dec Su[-1]` and `Apr 10-easter` mean in a year where it is not.
    var hasSureOrder: Bool {
        if first.isMonth { return first.year == nil || last.year == nil || isForward }
        for case .weekday(_, _, let nth) in [first.base, last.base] where abs(nth) > 4 { return false }
        if last.year != nil { return isForward }
        if first.base == last.base { return first.dayOffset <= last.dayOffset }
        return runsOverNewYear || first.reach.upperBound <= last.reach.lowerBound
    }

    /// Whether dates of given years are in order.
    private var isForward: Bool {
        guard let year = first.year, let lastYear = last.year, let start = first.days(in: year)?.first,
            let end = last.days(in: lastYear)?.last
        else { return false }
        return start <= end
    }

    var description: String {
        first == last ? first.description : "\(first)-\(last)"
    }
}
