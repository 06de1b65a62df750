import Foundation
import Scheduling

/// What `GET /v1/salons/{id}/slots` was asked.
struct SlotQuestion: Sendable, Equatable {
    /// One service that is wanted, by what it is called.
    enum Wanted: Sendable, Equatable {
        case service(ServiceID)
        case category(ServiceCategory)
    }

    /// In the order in which they are to be had; none means every service by itself.
    var wanted: [Wanted]
    /// Who is to do all of it; nil for anybody.
    var staff: StaffID?
    /// The first moment at which an offer may start.
    var from: Date
    /// The moment before which it must start.
    var to: Date
    /// How many people want it at the same time.
    var party: Int
    /// Minutes that may lie between two steps.
    var maximumGap: Int
    /// How many slots are wanted.
    var limit: Int

    static let defaultSpan: TimeInterval = 7 * 86_400
    static let longestSpan: TimeInterval = 31 * 86_400
    // Every way to have several services is looked at, so their number is bounded.
    static let maximumSteps = 3
    static let maximumParty = 8
    static let longestGap = 60
    static let maximumLimit = 1_000
    static let defaultLimit = 500
    static let longestMinutes = 31 * 1_440
}
