/// The selectors of days: years, dates, weeks, then weekdays and holidays.
extension Parser {
    mutating func daySelector() throws(ParseFailure) -> DaySelector {
        var days = DaySelector()
        var year: Int?
        if cursor.digitCount() == 4 {
            days.years = try list { (parser) throws(ParseFailure) in try parser.yearRange() }
            cursor.skipSpaces()
            // `2026 Dec 24`: a lone year belongs to the date, which may be a range into another year.
            if days.years.count == 1, days.years[0].last == days.years[0].first, isAtDate {
                year = days.years[0].first
                days.years = []
            }
        }
        if isAtDate {
            days.dates = [try dateRange(year: year)]
            while takeComma(before: { $0.isAtDate || $0.cursor.digitCount() == 4 }) {
                // A year holds for the dates after it: `2026 Dec 24,Dec 31`.
                if cursor.digitCount() == 4 {
                    year = cursor.number(digits: 4)
                    cursor.skipSpaces()
                }
                guard isAtDate else { throw cursor.failure("a month is expected") }
                // After a day, a weekday's ordinal belongs to its month alone: `Aug 15,Dec Su[-1]`.
                let isAfterDay = days.dates.contains { !$0.first.isMonth }
                days.dates.append(try dateRange(year: year, isAfterDay: isAfterDay))
            }
            cursor.skipSpaces()
        }
        if cursor.word() == "week" {
            cursor.advance(past: "week")
            cursor.skipSpaces()
            days.weeks = try list { (parser) throws(ParseFailure) in try parser.weekRange() }
            cursor.skipSpaces()
        }
        if !days.isEveryDay { skipColon() }
        try weekdaysAndHolidays(into: &days)
        return days
    }

    private var isAtDate: Bool {
        let word = cursor.word()
        return word == "easter" || Keywords.month(word) != nil
    }

    /// The colon that may set off days from times.
    private mutating func skipColon() {
        cursor.skipSpaces()
        if cursor.take(":") { cursor.skipSpaces() }
    }

    private mutating func list<Item>(
        _ item: (inout Parser) throws(ParseFailure) -> Item
    ) throws(ParseFailure) -> [Item] {
        var items = [try item(&self)]
        while takeComma(before: { $0.cursor.digitCount() > 0 }) { items.append(try item(&self)) }
        return items
    }

    /// Takes a comma and the blanks about it when what follows continues the list.
    private mutating func takeComma(before continues: (Parser) -> Bool) -> Bool {
        var ahead = self
        ahead.cursor.skipSpaces()
        guard ahead.cursor.take(",") else { return false }
        ahead.cursor.skipSpaces()
        guard continues(ahead) else { return false }
        self = ahead
        return true
    }

    private mutating func yearRange() throws(ParseFailure) -> DaySelector.YearRange {
        let first = try year()
        if cursor.take("+") { return DaySelector.YearRange(first: first, last: nil, step: 1) }
        guard cursor.peek() == "-" else { return DaySelector.YearRange(first: first, last: first, step: 1) }
        _ = cursor.take("-")
        let last = try year()
        guard last >= first else { throw cursor.failure("a later year is expected before this") }
        return DaySelector.YearRange(first: first, last: last, step: last == first ? 1 : try step())
    }

    private mutating func year() throws(ParseFailure) -> Int {
        guard cursor.digitCount() == 4, let year = cursor.number(digits: 4), year >= 1900 else {
            throw cursor.failure("a year is expected")
        }
        return year
    }

    private mutating func step() throws(ParseFailure) -> Int {
        guard cursor.take("/") else { return 1 }
        guard let step = cursor.number(digits: 2), step > 0 else { throw cursor.failure("a step is expected") }
        return step
    }

    private mutating func weekRange() throws(ParseFailure) -> DaySelector.WeekRange {
        let first = try week()
        guard cursor.take("-") else { return DaySelector.WeekRange(first: first, last: first, step: 1) }
        let last = try week()
        return DaySelector.WeekRange(first: first, last: last, step: last > first ? try step() : 1)
    }

    private mutating func week() throws(ParseFailure) -> Int {
        guard let week = cursor.number(digits: 2), (1...53).contains(week) else {
            throw cursor.failure("a week from 1 to 53 is expected")
        }
        return week
    }

    // MARK: Weekdays and holidays

    private mutating func weekdaysAndHolidays(into days: inout DaySelector) throws(ParseFailure) {
        guard isAtWeekday else { return }
        while true {
            try weekdayOrHoliday(into: &days)
            if takeComma(before: { $0.isAtWeekday }) { continue }
            let before = cursor
            cursor.skipSpaces()
            let mixes = cursor.word() == "ph" ? !days.weekdays.isEmpty : !days.holidays.isEmpty && days.weekdays.isEmpty
            if mixes, isAtWeekday, !days.needsBothHolidayAndWeekday {
                days.needsBothHolidayAndWeekday = true
                continue
            }
            cursor = before
            skipColon()
            return
        }
    }

    private var isAtWeekday: Bool {
        let word = cursor.word()
        return word == "ph" || Keywords.weekday(word) != nil
    }

    private mutating func weekdayOrHoliday(into days: inout DaySelector) throws(ParseFailure) {
        if cursor.word() == "ph" {
            cursor.advance(past: "ph")
            let offset = dayOffset()
            holidayOffsets.insert(offset)
            // Each doubles the ways in which holidays that are not known can turn out.
            guard holidayOffsets.count <= 3 else {
                throw cursor.failure("at most three distances from holidays are understood")
            }
            days.holidays.append(DaySelector.HolidayDay(dayOffset: offset))
            return
        }
        let first = try weekday()
        if cursor.take("[") {
            let nth = try ordinals()
            days.weekdays.append(
                DaySelector.WeekdayRange(first: first, last: first, nth: nth, dayOffset: dayOffset()))
            return
        }
        let before = cursor
        cursor.skipSpaces()
        guard cursor.take("-") else {
            cursor = before
            days.weekdays.append(DaySelector.WeekdayRange(first: first, last: first, nth: [], dayOffset: 0))
            return
        }
        cursor.skipSpaces()
        days.weekdays.append(DaySelector.WeekdayRange(first: first, last: try weekday(), nth: [], dayOffset: 0))
    }

    private mutating func weekday() throws(ParseFailure) -> Int {
        let word = cursor.word()
        guard let weekday = Keywords.weekday(word) else { throw cursor.failure("a weekday is expected") }
        cursor.advance(past: word)
        return weekday
    }

    private mutating func ordinals() throws(ParseFailure) -> [Int] {
        var nth: [Int] = []
        repeat {
            let sign = cursor.take("-") ? -1 : 1
            guard let first = cursor.number(digits: 1), (1...5).contains(first) else {
                throw cursor.failure("an ordinal from 1 to 5 is expected")
            }
            var last = first
            if sign > 0, cursor.take("-") {
                guard let end = cursor.number(digits: 1), (first...5).contains(end) else {
                    throw cursor.failure("an ordinal up to 5 is expected")
                }
                last = end
            }
            nth.append(contentsOf: (first...last).map { $0 * sign })
        } while cursor.take(",")
        guard cursor.take("]") else { throw cursor.failure("a closing bracket is expected") }
        return nth
    }

    /// ` +1 day`; 0 when none comes next.
    private mutating func dayOffset() -> Int {
        var ahead = cursor
        ahead.skipSpaces()
        let sign = ahead.take("+") ? 1 : ahead.take("-") ? -1 : 0
        guard sign != 0, let count = ahead.number(digits: 3) else { return 0 }
        ahead.skipSpaces()
        guard ahead.take("days") || ahead.take("day") else { return 0 }
        cursor = ahead
        return sign * count
    }

    // MARK: Dates

    private mutating func dateRange(year: Int?, isAfterDay: Bool = false) throws(ParseFailure) -> DateRange {
        let first = try anchor(year: year, isEnd: isAfterDay)
        let before = cursor
        cursor.skipSpaces()
        guard cursor.take("-") else {
            cursor = before
            return DateRange(first: first, last: first)
        }
        cursor.skipSpaces()
        // `Dec 24-26`: a bare day is of the same month.
        if case .day(let month, let firstDay) = first.base, cursor.digitCount() <= 2, let day = cursor.number(digits: 2)
        {
            guard day >= firstDay, day <= CivilDay.daysIn(month: month, year: 2000) else {
                throw cursor.failure("a day of the month is expected before this")
            }
            let base = DateRange.Anchor.Base.day(month: month, day: day)
            if day == firstDay { return DateRange(first: first, last: first) }
            return DateRange(first: first, last: DateRange.Anchor(year: nil, base: base, dayOffset: dayOffset()))
        }
        var lastYear: Int?
        if cursor.digitCount() == 4 {
            lastYear = cursor.number(digits: 4)
            cursor.skipSpaces()
        }
        let last = try anchor(year: lastYear, isEnd: !first.isMonth)
        // `Dec 01-Jan` and `Dec-Jan 05` leave open which days are meant.
        guard first.isMonth == last.isMonth else {
            throw cursor.failure(
                first.isMonth ? "a month alone is expected before this" : "a day of the month is expected")
        }
        if first.year == nil, lastYear != nil {
            throw cursor.failure("a year for the first date is expected before this")
        }
        if let from = first.year, let lastYear, lastYear < from {
            throw cursor.failure("a later year is expected before this")
        }
        if case .weekday = first.base, first == last { throw cursor.failure("a later date is expected before this") }
        let range = DateRange(first: first, last: last)
        guard range.hasSureOrder else {
            throw cursor.failure("a date that is later in each year is expected before this")
        }
        return range
    }

    /// - Parameter isEnd: whether it ends a range that begins on a day, or follows a day in a list.
    private mutating func anchor(year: Int?, isEnd: Bool = false) throws(ParseFailure) -> DateRange.Anchor {
        let word = cursor.word()
        if word == "easter" {
            cursor.advance(past: word)
            return DateRange.Anchor(year: year, base: .easter, dayOffset: dayOffset())
        }
        guard let month = Keywords.month(word) else { throw cursor.failure("a month is expected") }
        cursor.advance(past: word)
        if let date = nthWeekday(of: month, year: year, isEnd: isEnd) { return date }
        let before = cursor
        cursor.skipSpaces()
        let digits = cursor.digitCount()
        guard digits == 1 || digits == 2, !isFollowedByClock(digits), let day = cursor.number(digits: 2) else {
            cursor = before
            return DateRange.Anchor(year: year, base: .month(month))
        }
        guard day >= 1, day <= CivilDay.daysIn(month: month, year: 2000) else {
            throw cursor.failure("a day of the month is expected before this")
        }
        return DateRange.Anchor(year: year, base: .day(month: month, day: day), dayOffset: dayOffset())
    }

    /// `Su[-1]` after a month as a date of its own: where it ends a range from a day, begins a range, is moved by days
    /// (which can lead out of the month) or stands in a list of dates. Elsewhere it is a weekday within the month.
    private mutating func nthWeekday(of month: Int, year: Int?, isEnd: Bool) -> DateRange.Anchor? {
        var ahead = self
        ahead.cursor.skipSpaces()
        guard let weekday = try? ahead.weekday(), ahead.cursor.take("["), let nth = try? ahead.ordinals(),
            nth.count == 1
        else { return nil }
        let base = DateRange.Anchor.Base.weekday(month: month, weekday: weekday, nth: nth[0])
        let date = DateRange.Anchor(year: year, base: base, dayOffset: ahead.dayOffset())
        if !isEnd, date.dayOffset == 0 {
            var next = ahead
            next.cursor.skipSpaces()
            guard next.cursor.take("-") || next.cursor.take(",") else { return nil }
            next.cursor.skipSpaces()
            guard next.isAtDate || next.cursor.digitCount() == 4 else { return nil }
        }
        self = ahead
        return date
    }

    /// Whether the digits that come next are the hour of a time: `Dec 10:00-12:00`.
    private func isFollowedByClock(_ digits: Int) -> Bool {
        (cursor.peek(digits) == ":" || cursor.peek(digits) == ".") && cursor.digitCount(digits + 1) == 2
    }
}
