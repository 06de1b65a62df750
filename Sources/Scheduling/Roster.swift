public import Foundation
public import OpeningHours
public import Salons

/// Everything but the bookings that decides when a salon can take somebody.
public struct Roster: Sendable {
    /// The salon.
    public let salon: SalonID
    /// The business that owns it.
    public let tenant: TenantID
    /// Raised whenever anything in here but an epoch has changed; a booking is made against a revision.
    public let revision: Int64
    /// The zone of all local times; UTC where it is not known.
    public let zone: TimeZone
    /// Whether the zone is known. Where it is not, nobody knows when somebody works, and nothing is offered.
    public let isZoneKnown: Bool
    /// The public holidays of the salon's country.
    public let holidays: HolidayCalendar
    /// The salon's own hours; nil when they are not known, and then the staff's pattern alone counts.
    public let openingHours: OpeningHours?
    /// Whether nobody works on public holidays of which the opening hours say nothing.
    public let isClosedOnHolidays: Bool
    /// Minutes before the start until which a customer may cancel or move a booking.
    public let cancellationWindow: Int
    /// What can be booked, in the order of display.
    public let services: [SalonService]
    /// Who works here, in the order of display.
    public let staff: [StaffMember]
    /// Dated changes, of the salon and of single staff members.
    public let exceptions: [ScheduleException]

    /// Gathers a roster.
    public init(
        salon: SalonID, tenant: TenantID, revision: Int64, zone: TimeZone, isZoneKnown: Bool = true,
        holidays: HolidayCalendar, openingHours: OpeningHours?, isClosedOnHolidays: Bool = true,
        cancellationWindow: Int = 0,
        services: [SalonService], staff: [StaffMember], exceptions: [ScheduleException] = []
    ) {
        self.salon = salon
        self.tenant = tenant
        self.revision = revision
        self.zone = zone
        self.isZoneKnown = isZoneKnown
        self.holidays = holidays
        self.openingHours = openingHours
        self.isClosedOnHolidays = isClosedOnHolidays
        self.cancellationWindow = cancellationWindow
        self.services = services
        self.staff = staff
        self.exceptions = exceptions
    }
}
