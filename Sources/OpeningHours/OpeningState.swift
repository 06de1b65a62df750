public import Foundation

/// What a value says at an instant, and how long that holds.
public struct OpeningState: Sendable, Hashable {
    /// Open, closed, or not said.
    public enum Status: Sendable, Hashable {
        /// The place serves.
        case open
        /// The place does not serve.
        case closed
        /// Not known; ``OpeningState/reason`` says why.
        case unknown
    }

    /// Why a status is not known.
    public enum UnknownReason: String, Sendable, Hashable {
        /// The text is not understood.
        case notUnderstood = "not_understood"
        /// The value does not say: a comment such as "by appointment", an open end, `unknown`.
        case notStated = "not_stated"
        /// A rule about public holidays decides, and whether the day is one is not known.
        case possibleHoliday = "possible_holiday"
    }

    /// The status at the instant asked.
    public let status: Status
    /// The status holds during [validFrom, validUntil); the last change, or the instant asked when that lies further
    /// back than the day before.
    public let validFrom: Date
    /// The next change of status or of the reason; nil when there is none within 370 days.
    public let validUntil: Date?
    /// Why the status is unknown; nil when it is known.
    public let reason: UnknownReason?

    /// A state that holds during [validFrom, validUntil).
    public init(status: Status, reason: UnknownReason? = nil, validFrom: Date, validUntil: Date?) {
        self.status = status
        self.reason = reason
        self.validFrom = validFrom
        self.validUntil = validUntil
    }
}
