public import Foundation
public import Salons
public import Scheduling

/// A salon's calendar as it stands, with what a file needs to name its parts; a tenant's own view, not a customer's.
public struct CalendarState: Sendable, Hashable {
    /// A service with what customers do not see of it.
    public struct Service: Sendable, Hashable {
        /// What is booked.
        public var service: SalonService
        /// The name that a calendar file gave it.
        public var reference: String?
        /// Its place in the list of services.
        public var sortOrder: Int

        /// Describes a service.
        public init(service: SalonService, reference: String? = nil, sortOrder: Int) {
            self.service = service
            self.reference = reference
            self.sortOrder = sortOrder
        }
    }

    /// A person with what customers do not see.
    public struct Person: Sendable, Hashable {
        /// Who it is, with skills and hours.
        public var member: StaffMember
        /// The name that a calendar file gave them.
        public var reference: String?
        /// Their place in the list of people.
        public var sortOrder: Int
        /// Bookings and holds in this salon that are not over.
        public var expected: Int
        /// In how many of the tenant's salons the person works.
        public var places: Int

        /// Describes a person.
        public init(
            member: StaffMember, reference: String? = nil, sortOrder: Int, expected: Int = 0, places: Int = 1
        ) {
            self.member = member
            self.reference = reference
            self.sortOrder = sortOrder
            self.expected = expected
            self.places = places
        }
    }

    /// A dated change under its identifier.
    public struct Dated: Sendable, Hashable {
        /// What a change that takes it back names.
        public let id: UUID
        /// What it changes.
        public let exception: ScheduleException

        /// Describes a dated change.
        public init(id: UUID, exception: ScheduleException) {
            self.id = id
            self.exception = exception
        }
    }

    /// The salon.
    public let salon: SalonID
    /// Raised at every change; nil while the salon has no calendar.
    public var revision: Int64?
    /// Whether nobody works on public holidays of which the opening hours say nothing.
    public var isClosedOnHolidays: Bool
    /// Minutes before the start until which a customer may cancel or move a booking.
    public var cancellationWindow: Int
    /// In the order of display.
    public var services: [Service]
    /// In the order of display.
    public var people: [Person]
    /// In the order of their dates, those that are over included.
    public var exceptions: [Dated]

    /// A salon without a calendar, unless told otherwise.
    public init(
        salon: SalonID, revision: Int64? = nil, isClosedOnHolidays: Bool = true, cancellationWindow: Int = 0,
        services: [Service] = [], people: [Person] = [], exceptions: [Dated] = []
    ) {
        self.salon = salon
        self.revision = revision
        self.isClosedOnHolidays = isClosedOnHolidays
        self.cancellationWindow = cancellationWindow
        self.services = services
        self.people = people
        self.exceptions = exceptions
    }
}
