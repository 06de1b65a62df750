/// What the rules paint on one day: local times from its midnight on, running into the next day.
struct DayPlan: Equatable {
    enum Mark: Int, Sendable {
        /// No rule says anything, or a rule closes the whole day.
        case blank
        /// `12:00-13:00 off`.
        case off
        case unknown
        case open

        var status: OpeningState.Status {
            switch self {
            case .blank, .off: .closed
            case .unknown: .unknown
            case .open: .open
            }
        }
    }

    private struct Layer: Equatable {
        let start: Int
        let end: Int
        let mark: Mark
        let isFallback: Bool
    }

    private var layers: [Layer] = []

    /// Minutes at which the mark may change, unsorted.
    var boundaries: [Int] { layers.flatMap { [$0.start, $0.end] } }

    /// The plans of a day: one, or more where days that may be holidays decide about it.
    static func all(of day: CivilDay, rules: [Rule], holidays: HolidayCalendar) -> [DayPlan] {
        // The parser lets few distances from a holiday pass, so these are few.
        var unsure: [CivilDay] = []
        for rule in rules {
            for holiday in rule.days.holidays {
                let other = day + -holiday.dayOffset
                if !unsure.contains(other), holidays.certainty(of: other) == .possible { unsure.append(other) }
            }
        }
        var plans: [DayPlan] = []
        for choice in 0..<(1 << unsure.count) {
            let plan = DayPlan(day: day, rules: rules) { other in
                unsure.firstIndex(of: other).map { choice & (1 << $0) != 0 }
                    ?? (holidays.certainty(of: other) == .certain)
            }
            if !plans.contains(plan) { plans.append(plan) }
        }
        return plans
    }

    private init(day: CivilDay, rules: [Rule], isHoliday: (CivilDay) -> Bool) {
        for rule in rules where rule.days.matches(day, isHoliday: isHoliday) {
            if rule.separator == .override, rule.status != .closed || rule.spans.isEmpty {
                layers.removeAll(keepingCapacity: true)
            }
            paint(rule)
        }
    }

    private mutating func paint(_ rule: Rule) {
        let isFallback = rule.separator == .fallback
        func add(_ start: Int, _ end: Int, _ mark: Mark) {
            layers.append(Layer(start: start, end: end, mark: mark, isFallback: isFallback))
        }
        let mark: Mark =
            switch rule.status {
            case .open: .open
            case .unknown: .unknown
            case .closed: rule.spans.isEmpty ? .blank : .off
            }
        if rule.spans.isEmpty { add(0, 1440, mark) }
        for span in rule.spans {
            if span.end > span.start { add(span.start, span.end, mark) }
            if span.hasOpenEnd { add(span.end, span.unknownEnd, mark == .off ? .off : .unknown) }
        }
    }

    /// The mark at a minute after the midnight that begins the plan's day.
    func mark(at minute: Int) -> Mark {
        var result = Mark.blank
        for layer in layers where minute >= layer.start && minute < layer.end {
            if !layer.isFallback || result == .blank || result == .off { result = layer.mark }
        }
        return result
    }

    /// A day's own mark, and what runs over from the night before.
    ///
    /// A night belongs to the day on which it began: another rule for the next day does not cut it off. Only times that
    /// the next day closes by name (`Sa 00:00-02:00 off`) do.
    static func mark(at minute: Int, of today: DayPlan, after yesterday: DayPlan) -> Mark {
        let own = today.mark(at: minute)
        if own == .off || own == .open { return own }
        let over = yesterday.mark(at: minute + 1440)
        return over.rawValue > own.rawValue ? over : own
    }
}
