public import Foundation
public import Salons
public import Scheduling

/// What a customer wants in one salon: one step, or several that are taken together or not at all.
///
/// Steps one after the other are a visit (cut, then colour); steps at the same start are a party, each with a person of
/// their own.
public struct Visit: Sendable, Hashable {
    /// One service at one time.
    public struct Step: Sendable, Hashable {
        /// What.
        public var service: ServiceID
        /// By whom; nil lets the least busy person who can do it be found.
        public var staff: StaffID?
        /// When the service itself begins.
        public var start: Date

        /// Names a step.
        public init(service: ServiceID, staff: StaffID? = nil, start: Date) {
            self.service = service
            self.staff = staff
            self.start = start
        }
    }

    /// Where.
    public var salon: SalonID
    /// In the order in which they are shown; at least one, at most ``maximumSteps``.
    public var steps: [Step]

    /// The most steps that one booking can have.
    public static let maximumSteps = SchedulingBounds.largestVisit

    /// Describes a visit.
    public init(salon: SalonID, steps: [Step]) {
        self.salon = salon
        self.steps = steps
    }
}
