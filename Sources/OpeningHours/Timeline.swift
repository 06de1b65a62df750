/// The changes of what is said of a value, from the local midnight before a day onwards.
struct Timeline {
    let rules: [Rule]
    let holidays: HolidayCalendar
    let clock: LocalClock
    let question: Question

    enum Question {
        /// What a customer may rely on.
        case state
        /// Whether the value closes a time: `.closed` where it does or may do, else `.open`.
        case notClosed
    }

    /// What a value says of a time.
    enum Reading {
        case closed
        /// The value leaves it open.
        case notStated
        /// It depends on whether a day is a holiday.
        case possibleHoliday
        case open

        var status: OpeningState.Status {
            switch self {
            case .closed: .closed
            case .notStated, .possibleHoliday: .unknown
            case .open: .open
            }
        }

        var reason: OpeningState.UnknownReason? {
            switch self {
            case .closed, .open: nil
            case .notStated: .notStated
            case .possibleHoliday: .possibleHoliday
            }
        }
    }

    struct Change {
        /// Seconds since 1970.
        let instant: Int
        let reading: Reading
    }

    /// Calls `body` with each change from `first` on, in order of time, until it returns false or `dayCount` days are
    /// done. What holds as `first` begins comes as a change without an instant.
    func forEachChange(
        from first: CivilDay, dayCount: Int, initial: (Reading) -> Void, _ body: (Change) -> Bool
    ) {
        var yesterday = DayPlan.all(of: first + -1, rules: rules, holidays: holidays)
        var reading: Reading?
        var lastInstant = Int.min
        var day = first
        for _ in 0..<dayCount {
            let today = DayPlan.all(of: day, rules: rules, holidays: holidays)
            for minute in Self.minutes(of: today, after: yesterday) {
                let next = self.reading(at: minute, of: today, after: yesterday)
                guard let current = reading else {
                    reading = next
                    initial(next)
                    continue
                }
                guard next != current else { continue }
                let isOpening = Self.rank(next) > Self.rank(current)
                let mapped = clock.instant(day: day, minute: minute, occurrence: isOpening ? .first : .end)
                // Where the clock repeats an hour a beginning can fall before the end it follows.
                let instant = max(mapped, lastInstant)
                lastInstant = instant
                reading = next
                if !body(Change(instant: instant, reading: next)) { return }
            }
            yesterday = today
            day = day + 1
        }
    }

    private func reading(at minute: Int, of today: [DayPlan], after yesterday: [DayPlan]) -> Reading {
        var (isOpen, isUnknown, isClosed) = (false, false, false)
        for own in today {
            for before in yesterday {
                switch DayPlan.mark(at: minute, of: own, after: before).status {
                case .open: isOpen = true
                case .unknown: isUnknown = true
                case .closed: isClosed = true
                }
            }
        }
        switch question {
        case .notClosed: return isClosed ? .closed : .open
        case .state:
            switch (isOpen, isUnknown, isClosed) {
            case (true, false, false): return .open
            case (false, true, false): return .notStated
            case (false, false, _): return .closed
            default: return .possibleHoliday
            }
        }
    }

    private static func minutes(of today: [DayPlan], after yesterday: [DayPlan]) -> [Int] {
        var minutes = [0]
        for plan in today {
            for minute in plan.boundaries where minute > 0 && minute < 1440 { minutes.append(minute) }
        }
        for plan in yesterday {
            for minute in plan.boundaries where minute > 1440 && minute < 2880 { minutes.append(minute - 1440) }
        }
        guard minutes.count > 1 else { return minutes }
        minutes.sort()
        return minutes
    }

    private static func rank(_ reading: Reading) -> Int {
        switch reading {
        case .closed: 0
        case .notStated, .possibleHoliday: 1
        case .open: 2
        }
    }
}
