public import Salons
public import Scheduling

/// Why a calendar could not be changed as asked.
public enum CalendarError: Error, Sendable, CustomStringConvertible {
    /// The tenant has no such salon.
    case unknownSalon(SalonID)
    /// The salon has no calendar yet, or has no such person or service; the foreign key that says so.
    case unknownPart(SalonID, constraint: String)
    /// Customers expect this person.
    case stillBooked(StaffID, bookings: Int)
    /// Somebody changed the calendar, or removed the salon, since it was read.
    case changedMeanwhile(SalonID)
    /// The database holds something of the salon that this program does not know.
    case unreadable(SalonID, String)

    /// A sentence for an operator.
    public var description: String {
        switch self {
        case .unknownSalon(let salon): "this tenant has no salon \(salon)"
        case .unknownPart(let salon, let constraint):
            "salon \(salon) has no calendar, or no such person or service (\(constraint))"
        case .stillBooked(let person, let bookings):
            "\(bookings) bookings wait for \(person); move or cancel them first"
        case .changedMeanwhile(let salon): "the calendar of salon \(salon) was changed meanwhile; read it again"
        case .unreadable(let salon, let what): "the database holds of salon \(salon) \(what), which is not known here"
        }
    }
}
