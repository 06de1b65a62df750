public import Foundation
public import Salons
public import Scheduling

/// One agreement with one customer, without the customer.
public struct Booking: Sendable, Hashable {
    /// Where it stands in its life.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Kept for a few minutes while the customer makes up their mind.
        case held
        /// Agreed.
        case booked
        /// Given back by the customer or the salon.
        case cancelled
        /// A hold whose time was over.
        case expired
        /// The customer was there.
        case completed
        /// The customer was not there.
        case noShow = "no_show"
    }

    /// One service by one person at one time.
    public struct Step: Sendable, Hashable {
        /// By whom.
        public let staff: StaffID
        /// What.
        public let service: ServiceID
        /// When the service begins.
        public let start: Date
        /// When the service ends.
        public let end: Date
        /// What it costs, if that is known.
        public let price: Price?
    }

    /// Identity over all tenants.
    public let id: BookingID
    /// Where.
    public let salon: SalonID
    /// Where it stands.
    public let status: Status
    /// Raised at each change.
    public let version: Int64
    /// The series that it is part of, if any.
    public let series: UUID?
    /// When a hold ends by itself.
    public let expires: Date?
    /// The salon's time zone; nil where it is not known.
    public let zone: TimeZone?
    /// In the order of the visit; at least one.
    public let steps: [Step]

    /// When the first step begins.
    public var start: Date { steps.map(\.start).min() ?? .distantPast }
    /// When the last step ends.
    public var end: Date { steps.map(\.end).max() ?? .distantPast }
}
