public import Foundation
public import Salons
public import Scheduling

/// What is to become of one salon's calendar; everything that is not named stays.
public struct CalendarChange: Sendable {
    /// The settings of the whole salon.
    public struct Settings: Sendable, Hashable {
        /// Whether nobody works on public holidays of which the opening hours say nothing.
        public var isClosedOnHolidays: Bool
        /// Minutes before the start until which a customer may cancel or move a booking.
        public var cancellationWindow: Int

        /// Describes the settings.
        public init(isClosedOnHolidays: Bool, cancellationWindow: Int) {
            self.isClosedOnHolidays = isClosedOnHolidays
            self.cancellationWindow = cancellationWindow
        }
    }

    /// A person who is added or changed.
    public struct Person: Sendable {
        /// Who it is, with all skills and hours that they are to have.
        public var member: StaffMember
        /// The name that a calendar file gives them; nil keeps the one they have.
        public var reference: String?
        /// Their place in the list of people.
        public var sortOrder: Int
        /// Whether name, reference or place are new.
        public var changesPlace: Bool
        /// Whether the skills are put in the place of those that are there.
        public var changesSkills: Bool
        /// Whether the hours are put in the place of those that are there.
        public var changesHours: Bool

        /// Describes a person.
        public init(
            member: StaffMember, reference: String?, sortOrder: Int, changesPlace: Bool, changesSkills: Bool,
            changesHours: Bool
        ) {
            self.member = member
            self.reference = reference
            self.sortOrder = sortOrder
            self.changesPlace = changesPlace
            self.changesSkills = changesSkills
            self.changesHours = changesHours
        }
    }

    /// The salon.
    public let salon: SalonID
    /// The revision that this change was made for; nil where the salon had no calendar.
    public let revision: Int64?
    /// Nil leaves them as they are; a salon without a calendar needs them.
    public var settings: Settings?
    /// Added, or put in the place of those with the same identifiers.
    public var services: [CalendarState.Service] = []
    /// Taken out of the offer; what is booked stays.
    public var removedServices: [ServiceID] = []
    /// Added or changed.
    public var people: [Person] = []
    /// Taken out of the salon.
    public var removedPeople: [StaffID] = []
    /// Added.
    public var addedExceptions: [ScheduleException] = []
    /// Taken back.
    public var removedExceptions: [UUID] = []

    /// A change that changes nothing yet.
    public init(salon: SalonID, revision: Int64?) {
        self.salon = salon
        self.revision = revision
    }

    /// Whether nothing would be written.
    public var isEmpty: Bool {
        settings == nil && services.isEmpty && removedServices.isEmpty && people.isEmpty && removedPeople.isEmpty
            && addedExceptions.isEmpty && removedExceptions.isEmpty
    }
}
