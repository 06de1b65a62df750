import Discovery
import HTTPKit

extension DiscoveryError {
    /// The error in the words of HTTP.
    var problem: any Error {
        switch self {
        case .cancelled: CancellationError()
        case .invalidCursor:
            Problem(
                .invalidCursor, "\(self)",
                faults: [.init(parameter: "cursor", detail: "does not belong to this question")])
        case .notReady: Problem(.notReady, "\(self)")
        case .calendarsUnavailable: Problem(.unavailable, "\(self)")
        case .unavailable: Problem(.internalError, "\(self)")
        }
    }
}

extension SearchAPI {
    /// Does work and has its error in the words of HTTP.
    static func translated<R>(_ work: () throws(DiscoveryError) -> R) throws -> R {
        do {
            return try work()
        } catch {
            throw error.problem
        }
    }
}
