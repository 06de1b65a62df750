/// The changes of status of a value, from the local midnight before a day onwards.
struct Timeline {
    let rules: [Rule]
    let holidays: HolidayCalendar
    let clock: LocalClock

    struct Change {
        /// Seconds since 1970.
        let instant: Int
        let status: OpeningState.Status
    }

    /// Calls `body` with each change from `first` on, in order of time, until it returns false or `dayCount` days are
    /// done. The status that holds as `first` begins comes as a change without an instant.
    func forEachChange(
        from first: CivilDay, dayCount: Int, initial: (OpeningState.Status) -> Void, _ body: (Change) -> Bool
    ) {
        var yesterday = DayPlan(day: first + -1, rules: rules, holidays: holidays)
        var status: OpeningState.Status?
        var lastInstant = Int.min
        var day = first
        for _ in 0..<dayCount {
            let today = DayPlan(day: day, rules: rules, holidays: holidays)
            for minute in Self.minutes(of: today, after: yesterday) {
                let next = DayPlan.mark(at: minute, of: today, after: yesterday).status
                guard let current = status else {
                    status = next
                    initial(next)
                    continue
                }
                guard next != current else { continue }
                let isOpening = Self.rank(next) > Self.rank(current)
                let mapped = clock.instant(day: day, minute: minute, occurrence: isOpening ? .first : .last)
                // Where the clock repeats an hour a beginning can fall before the end it follows.
                let instant = max(mapped, lastInstant)
                lastInstant = instant
                status = next
                if !body(Change(instant: instant, status: next)) { return }
            }
            yesterday = today
            day = day + 1
        }
    }

    private static func minutes(of today: DayPlan, after yesterday: DayPlan) -> [Int] {
        if today.isBlank && yesterday.isBlank { return [0] }
        var minutes = [0]
        for minute in today.boundaries where minute > 0 && minute < 1440 { minutes.append(minute) }
        for minute in yesterday.boundaries where minute > 1440 && minute < 2880 { minutes.append(minute - 1440) }
        minutes.sort()
        return minutes
    }

    private static func rank(_ status: OpeningState.Status) -> Int {
        switch status {
        case .closed: 0
        case .unknown: 1
        case .open: 2
        }
    }
}
