public import Foundation
public import Scheduling

/// What takes the time of an invented salon's people, for some days. Of one person nothing overlaps.
public struct DemoDiary: Sendable, Hashable {
    /// A service for a customer who does not exist.
    public struct Booking: Sendable, Hashable {
        /// What, by whom, when and for how much.
        public let step: ResolvedStep
        /// A name that says that it is invented; there is no e-mail address and no telephone number.
        public let customer: String
    }

    /// Time that is taken without a customer.
    public struct Absence: Sendable, Hashable {
        /// Why.
        public enum Kind: Sendable, Hashable {
            /// The salon's own use of the time.
            case block
            /// The person is away, for whole days.
            case timeOff
        }

        /// Whose time.
        public let staff: StaffID
        /// Why.
        public let kind: Kind
        /// From when until when.
        public let during: Range<Date>
        /// What the salon calls it; nil for time off.
        public let label: String?
    }

    /// By person in the order of the roster, and each person's in order of time.
    public internal(set) var bookings: [Booking] = []
    /// In the same order.
    public internal(set) var absences: [Absence] = []
}
