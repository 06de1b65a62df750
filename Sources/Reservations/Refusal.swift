public import Foundation
public import Scheduling

/// What became of a request that reached the database.
public enum Outcome: Sendable {
    /// It took effect: now, or when the same request came with this key before.
    case done([Booking], isReplay: Bool)
    /// It had no effect, and why.
    case refused(Refusal)

    /// The one booking that a request for one brought; nil if it was refused.
    public var booking: Booking? {
        if case .done(let bookings, _) = self { bookings.first } else { nil }
    }

    /// Why it had no effect; nil if it had.
    public var refusal: Refusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }
}

/// Why a request had no effect. None of them is a fault of the service.
public enum Refusal: Sendable, Hashable {
    /// Somebody has the time, or part of it; the nearest offers that are free as of this answer, at most three, in a
    /// salon of this zone.
    case slotTaken(alternatives: [Offer], zone: TimeZone)
    /// The step with this number (from 0) breaks a rule of the salon.
    case rule(step: Int, BookingRefusal)
    /// The visit itself is no visit: no step, too many, or steps that stand in each other's way.
    case invalidVisit(String)
    /// The occurrences of a series that cannot be had, in a salon of this zone; nothing of it was booked.
    case series([SeriesConflict], zone: TimeZone)
    /// The salon takes no bookings here, is not published, or does not exist.
    case unknownSalon
    /// No such booking.
    case unknownBooking
    /// The hold's time was over.
    case holdExpired
    /// The hold has been made a booking before, by another request.
    case alreadyBooked
    /// The booking was cancelled before.
    case ended
    /// Somebody else has changed the booking since; its present version.
    case changedMeanwhile(version: Int64)
    /// It is later than the salon lets customers cancel or move; the minutes before the start until which they may.
    case tooLate(window: Int)
    /// The key was used before for another request.
    case keyReused
}

/// One occurrence of a series that cannot be had.
public struct SeriesConflict: Sendable, Hashable {
    /// Its number in the series, from 0.
    public let number: Int
    /// When it would begin.
    public let start: Date
    /// The rule that it breaks; nil when somebody has the time.
    public let rule: BookingRefusal?
}

/// A fault of the database or of reaching it: whether the request had its effect is unknown, and it can be sent again
/// with the same key.
public enum ReservationError: Error, Sendable, CustomStringConvertible {
    /// The database did not answer within the time for all attempts.
    case unavailable(String)
    /// The database answered what it should not; the request was not carried out.
    case failed(String)
    /// The caller gave up.
    case cancelled

    /// Fit for any log.
    public var description: String {
        switch self {
        case .unavailable(let text): "reservations are unavailable: \(text)"
        case .failed(let text): "a reservation failed: \(text)"
        case .cancelled: "a reservation was cancelled"
        }
    }
}
