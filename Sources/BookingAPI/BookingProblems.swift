import HTTPKit
import Scheduling

extension Problem.Kind {
    static let unknownSalon = unknown("salon")

    static let unknownBooking = Self(
        "unknown-booking", 404, "There is no such hold or booking",
        meaning: "There is no such hold or booking, or it belongs to somebody else.",
        advice: "Check the identifier, and with whose key it is asked for.")

    static let slotTaken = Self(
        "slot-taken", 409, "Somebody else has the time",
        meaning: "Somebody else has booked the time since it was offered.",
        advice: "Offer one of <code>alternatives</code>, or ask for free times again.",
        members: [ProblemMembers.alternatives.declared])

    static let seriesConflicts = Self(
        "series-conflicts", 409, "Not all of the series can be had, so nothing was booked",
        meaning: "Some of the repetitions cannot be had, so none was booked. <code>conflicts</code> lists them.",
        advice: "Choose another time, or book those that are free one by one.",
        members: [ProblemMembers.conflicts.declared])

    static let alreadyBooked = Self(
        "already-booked", 409, "The hold has become a booking",
        meaning: "The hold has become a booking, and a booking is not released but cancelled.",
        advice: "Cancel the booking: <code>DELETE /v1/bookings/{id}</code>.")

    static let bookingEnded = Self(
        "booking-ended", 409, "The booking was cancelled or its hold is over",
        meaning: "The booking was cancelled, or the time of its hold is over.", advice: "Book anew.")

    static let changedMeanwhile = Self(
        "changed-meanwhile", 409, "Somebody has changed the booking since",
        meaning: "The booking has another version than the request was made for.",
        advice: "Read the booking, and decide again.", members: [ProblemMembers.version.declared])

    static let tooLate = Self(
        "too-late", 409, "It is too late to change the booking",
        meaning: "The salon lets bookings be changed up to some minutes before they begin, and that is over.",
        advice: "Call the salon.", members: [ProblemMembers.cancellationWindow.declared])

    static let holdExpired = Self(
        "hold-expired", 410, "The hold is over", meaning: "A hold lasts a few minutes, and these are over.",
        advice: "Book the time as new; it may still be free.")

    static let ruleViolation = Self(
        "rule-violation", 422, "A rule of the salon forbids it",
        meaning: "The salon does not offer this. <code>errors</code> names the rule.", advice: choose,
        rules: BookingRefusal.words)

    static let invalidVisit = Self(
        "invalid-visit", 422, "The visit cannot be had as asked",
        meaning: "The steps overlap, or one person would have to do two things at once.", advice: choose)

    static let keyReused = Self(
        "idempotency-key-reused", 422, "The idempotency key was used for another request",
        meaning: "The <code>Idempotency-Key</code> was used before, with another request.",
        advice: "Take a new key for a new request, and the old key only to repeat the old one.")

    private static let choose = "Ask for free times and choose one of those."
}

/// The members that problems of bookings have besides those of every problem.
enum ProblemMembers {
    static let alternatives = Problem.MemberOfKind(
        "alternatives", Shape.list(of: SlotShapes.slot),
        "For `slot-taken`: the nearest offers that are free, at most three.")

    static let conflicts = Problem.MemberOfKind(
        "conflicts", Shape.list(of: BookingShapes.conflict),
        "For `series-conflicts`: the occurrences that cannot be had.")

    static let version = Problem.MemberOfKind(
        "version", Shape(Codec<Int>.integer), "For `changed-meanwhile`: the present version.")

    static let cancellationWindow = Problem.MemberOfKind(
        "cancellation_window_min", Shape(Codec<Int>.integer),
        "For `too-late`: minutes before the start until which it can be changed.")
}

extension BookingRefusal {
    /// The word under which clients know the rule.
    var word: String {
        switch self {
        case .unknownService: "unknown-service"
        case .unknownStaff: "unknown-staff"
        case .notQualified: "not-qualified"
        case .tooSoon: "too-soon"
        case .tooLate: "too-late"
        case .offStep: "off-step"
        case .outsideWorkingTime: "outside-working-time"
        case .unknownTimeZone: "unknown-time-zone"
        }
    }

    /// Every word.
    static let words = [
        BookingRefusal.unknownService, .unknownStaff, .notQualified, .tooSoon(minimumNotice: 0), .tooLate(horizon: 0),
        .offStep(0), .outsideWorkingTime, .unknownTimeZone,
    ].map(\.word)

    /// The member of a step that breaks the rule.
    var member: String {
        switch self {
        case .unknownService: "service"
        case .unknownStaff, .notQualified: "staff"
        case .tooSoon, .tooLate, .offStep, .outsideWorkingTime, .unknownTimeZone: "start"
        }
    }
}
