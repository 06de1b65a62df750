/// Which days a rule matches: every part that is not empty must match.
struct DaySelector: Sendable, Hashable, CustomStringConvertible {
    var years: [YearRange] = []
    var dates: [DateRange] = []
    var weeks: [WeekRange] = []
    var weekdays: [WeekdayRange] = []
    var holidays: [HolidayDay] = []
    /// `PH Mo-Fr`: a day must be both; `PH,Mo-Fr`: either.
    var needsBothHolidayAndWeekday = false

    struct YearRange: Sendable, Hashable {
        let first: Int
        /// nil: `2026+`.
        let last: Int?
        let step: Int
    }

    struct WeekRange: Sendable, Hashable {
        let first: Int
        let last: Int
        let step: Int
    }

    struct WeekdayRange: Sendable, Hashable {
        /// 0 is Monday; `Fr-Mo` wraps.
        let first: Int
        let last: Int
        /// 1...5 from the month's start, -1 ... -5 from its end; empty: each.
        let nth: [Int]
        let dayOffset: Int
    }

    struct HolidayDay: Sendable, Hashable {
        /// `PH +1 day` is the day after a holiday.
        let dayOffset: Int
    }

    var isEveryDay: Bool {
        years.isEmpty && dates.isEmpty && weeks.isEmpty && weekdays.isEmpty && holidays.isEmpty
    }

    func matches(_ day: CivilDay, isHoliday: (CivilDay) -> Bool) -> Bool {
        guard !isEveryDay else { return true }
        let year = day.date.year
        if !years.isEmpty, !years.contains(where: { $0.contains(year) }) { return false }
        if !dates.isEmpty, !dates.contains(where: { $0.contains(day) }) { return false }
        if !weeks.isEmpty {
            let week = day.isoWeek
            if !weeks.contains(where: { $0.contains(week) }) { return false }
        }
        if weekdays.isEmpty && holidays.isEmpty { return true }
        let isWeekday = weekdays.contains { $0.contains(day) }
        if isWeekday && !needsBothHolidayAndWeekday { return true }
        let isFromHoliday = holidays.contains { isHoliday(day + -$0.dayOffset) }
        return needsBothHolidayAndWeekday ? isWeekday && isFromHoliday : isFromHoliday
    }

    var description: String {
        var parts: [String] = []
        if !years.isEmpty { parts.append(years.map(\.description).joined(separator: ",")) }
        if !dates.isEmpty { parts.append(dates.map(\.description).joined(separator: ",")) }
        if !weeks.isEmpty { parts.append("week " + weeks.map(\.description).joined(separator: ",")) }
        let weekdayText = weekdays.map(\.description).joined(separator: ",")
        let holidayText = holidays.map { "PH" + Self.offset($0.dayOffset) }.joined(separator: ",")
        let between = needsBothHolidayAndWeekday ? " " : ","
        parts.append([holidayText, weekdayText].filter { !$0.isEmpty }.joined(separator: between))
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    static func offset(_ days: Int) -> String {
        guard days != 0 else { return "" }
        return " \(days > 0 ? "+" : "-")\(abs(days)) day\(abs(days) == 1 ? "" : "s")"
    }
}

extension DaySelector.YearRange: CustomStringConvertible {
    func contains(_ year: Int) -> Bool {
        year >= first && (last.map { year <= $0 } ?? true) && (year - first) % step == 0
    }

    var description: String {
        guard let last else { return "\(first)+" }
        return first == last ? "\(first)" : "\(first)-\(last)" + (step == 1 ? "" : "/\(step)")
    }
}

extension DaySelector.WeekRange: CustomStringConvertible {
    func contains(_ week: Int) -> Bool {
        first <= last
            ? (first...last).contains(week) && (week - first) % step == 0
            : week >= first || week <= last
    }

    var description: String {
        first == last ? "\(first)" : "\(first)-\(last)" + (step == 1 ? "" : "/\(step)")
    }
}

extension DaySelector.WeekdayRange: CustomStringConvertible {
    func contains(_ day: CivilDay) -> Bool {
        let base = dayOffset == 0 ? day : day + -dayOffset
        let weekday = base.weekday
        guard first <= last ? weekday >= first && weekday <= last : weekday >= first || weekday <= last else {
            return false
        }
        if nth.isEmpty { return true }
        let (year, month, dayOfMonth) = base.date
        let fromStart = (dayOfMonth - 1) / 7 + 1
        let fromEnd = -((CivilDay.daysIn(month: month, year: year) - dayOfMonth) / 7 + 1)
        return nth.contains { $0 == fromStart || $0 == fromEnd }
    }

    var description: String {
        let name = first == last ? Keywords.weekdays[first] : "\(Keywords.weekdays[first])-\(Keywords.weekdays[last])"
        let ordinals = nth.isEmpty ? "" : "[\(nth.map(String.init).joined(separator: ","))]"
        return name + ordinals + DaySelector.offset(dayOffset)
    }
}
