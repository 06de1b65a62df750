public import Foundation

/// What could be booked: one service by one person at one time, free when it was looked up.
public struct Offer: Sendable, Hashable {
    /// What.
    public let service: ServiceID
    /// By whom; where anybody will do, the first who is free, and who does it is settled when it is booked.
    public let staff: StaffID
    /// When the service begins.
    public let start: Date
    /// When the service ends.
    public let end: Date
    /// What it costs, if that is known.
    public let price: Price?

    /// Describes an offer.
    public init(service: ServiceID, staff: StaffID, start: Date, end: Date, price: Price?) {
        self.service = service
        self.staff = staff
        self.start = start
        self.end = end
        self.price = price
    }

    init(_ step: ResolvedStep) {
        self.init(service: step.service, staff: step.staff, start: step.start, end: step.end, price: step.price)
    }
}
