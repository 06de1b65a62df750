public import Foundation

/// What a value says at an instant, and how long that holds.
public struct OpeningState: Sendable, Hashable {
    /// Open, closed, or not said.
    public enum Status: Sendable, Hashable {
        /// The place serves.
        case open
        /// The place does not serve.
        case closed
        /// The value does not say: a comment alone, an open end, `unknown`, or text that was not understood.
        case unknown
    }

    /// The status at the instant asked.
    public let status: Status
    /// The status holds during [validFrom, validUntil); the last change, or the instant asked when that lies further
    /// back than the day before.
    public let validFrom: Date
    /// The next change of status; nil when there is none within 370 days.
    public let validUntil: Date?

    /// A state that holds during [validFrom, validUntil).
    public init(status: Status, validFrom: Date, validUntil: Date?) {
        self.status = status
        self.validFrom = validFrom
        self.validUntil = validUntil
    }
}
