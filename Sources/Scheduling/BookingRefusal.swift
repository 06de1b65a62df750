/// The rule of a salon that a wish breaks, whatever is booked.
public enum BookingRefusal: Error, Sendable, Hashable {
    /// The salon has no such service.
    case unknownService
    /// Nobody of this identifier works in the salon.
    case unknownStaff
    /// The person does not do this service.
    case notQualified
    /// The salon's time zone is not known, and so neither is when anybody works.
    case unknownTimeZone
    /// The start is not a multiple of these minutes after the person's shift begins.
    case offStep(Int)
    /// It is sooner than the service's notice, in minutes, allows.
    case tooSoon(minimumNotice: Int)
    /// It is later than the service's horizon, in local dates after today's, allows.
    case tooLate(horizon: Int)
    /// The person does not work for all of it, buffers included.
    case outsideWorkingTime
}

extension BookingRefusal: CustomStringConvertible {
    /// Why a salon without a time zone offers nothing, and what the salon can do about it.
    public static let unknownTimeZoneText =
        "the salon's time zone is not known, and so neither is when it is open; the salon can state it in the column "
        + "timezone of its import"

    /// A sentence for a customer.
    public var description: String {
        switch self {
        case .unknownService: "the salon has no such service"
        case .unknownStaff: "nobody of this identifier works in the salon"
        case .notQualified: "this person does not do this service"
        case .unknownTimeZone: Self.unknownTimeZoneText
        case .offStep(let minutes): "a start is a multiple of \(minutes) minutes after the shift begins"
        case .tooSoon(let notice):
            notice == 0 ? "the start has passed" : "it needs a notice of \(notice) minutes before the start"
        case .tooLate(let days): "it can be booked at most \(days) days ahead"
        case .outsideWorkingTime: "nobody who could do it works for all of that time"
        }
    }
}
