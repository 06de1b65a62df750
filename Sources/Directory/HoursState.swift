import OpeningHours

/// What is known of a salon's opening hours at an instant; fits into three bits.
enum HoursState: UInt64 {
    case closed
    case open
    /// The value leaves it open: a comment, an open end.
    case notStated
    /// A rule about public holidays decides, and whether the day is one is not known.
    case possibleHoliday
    case notUnderstood
    case timeZoneUnknown
    /// The salon has no opening hours.
    case notGiven

    init(_ state: OpeningState) {
        switch (state.status, state.reason) {
        case (.open, _): self = .open
        case (.closed, _): self = .closed
        case (.unknown, .possibleHoliday): self = .possibleHoliday
        case (.unknown, .notStated): self = .notStated
        case (.unknown, _): self = .notUnderstood
        }
    }

    /// As answers name why it is not known; nil when it is.
    var reason: String? {
        switch self {
        case .closed, .open: nil
        case .notStated: "not_stated"
        case .possibleHoliday: "possible_holiday"
        case .notUnderstood: "not_understood"
        case .timeZoneUnknown: "time_zone"
        case .notGiven: "not_given"
        }
    }
}
