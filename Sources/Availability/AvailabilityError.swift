/// Why what is not in memory cannot be told.
public enum AvailabilityError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The database did not answer; the reason is fit for a log.
    case unavailable(reason: String)
    /// The window is longer than the board looks; the limit is in days.
    case windowTooLong(limit: Int)
    /// The task was cancelled.
    case cancelled

    init(_ error: any Error) {
        self =
            switch error {
            case let error as AvailabilityError: error
            case is CancellationError: .cancelled
            default: .unavailable(reason: "\(error)")
            }
    }

    /// A sentence for the log.
    public var description: String {
        switch self {
        case .unavailable(let reason): "calendars cannot be read: \(reason)"
        case .windowTooLong(let limit): "the window is longer than \(limit) days"
        case .cancelled: "cancelled"
        }
    }
}
