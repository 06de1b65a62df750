/// Why a question has no answer, in terms that a caller can act on.
public enum DiscoveryError: Error, Sendable, Equatable {
    /// The cursor was altered, is of another question or tenant, or was signed with another key.
    case invalidCursor
    /// The directory has not been loaded yet.
    case notReady
    /// The search itself failed; the text says nothing private.
    case unavailable(String)
    /// The caller gave the question up, or its time was over.
    case cancelled
    /// When salons are free cannot be read at present.
    case calendarsUnavailable
}

extension DiscoveryError: CustomStringConvertible {
    /// A sentence for the caller.
    public var description: String {
        switch self {
        case .invalidCursor: "the cursor does not belong to this question"
        case .notReady: "the directory of salons is still loading"
        case .calendarsUnavailable: "when salons are free cannot be read at present"
        case .cancelled: "the search was given up"
        case .unavailable(let reason): "the search is unavailable: \(reason)"
        }
    }
}
