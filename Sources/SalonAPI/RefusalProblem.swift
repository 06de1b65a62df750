import Foundation
import Reservations
import Scheduling

/// Says in the words of HTTP why a request for a reservation had no effect.
struct RefusalProblem {
    /// Where in the request's body the steps stand; nil when there were none.
    let places: (any StepPlaces)?

    private static let noBookings =
        "is no salon that takes bookings here; one of yours that has no calendar gets it by `salons calendar apply`"

    /// The salon of a body that does not exist, is another's, or takes no bookings.
    static let unknownSalon = Problem(
        kind: .unknownSalon,
        faults: [.init(pointer: "/salon", detail: Self.noBookings)])

    /// Every word that an `errors[].rule` can have.
    static let rules = [
        "unknown-service", "unknown-staff", "not-qualified", "too-soon", "too-late", "off-step", "outside-working-time",
        "unknown-time-zone",
    ]

    func problem(for refusal: Refusal) -> Problem {
        switch refusal {
        case .slotTaken(let alternatives, let zone):
            Problem(
                kind: .slotTaken, detail: "the time was taken; the alternatives were free a moment ago",
                extensions: ["alternatives": .array(alternatives.map { BookingDocument(zone: zone).slot([$0]) })])
        case .rule(let step, let rule):
            Problem(
                kind: .ruleViolation, detail: rule.description,
                faults: [
                    .init(
                        pointer: places?.pointer(step: step, Self.member(rule)) ?? "", detail: rule.description,
                        rule: Self.word(rule))
                ])
        case .invalidVisit(let text): Problem(kind: .invalidVisit, detail: text)
        case .series(let conflicts, let zone):
            Problem(
                kind: .seriesConflicts, detail: "\(conflicts.count) of the series cannot be had",
                extensions: ["conflicts": .array(conflicts.map { conflict($0, BookingDocument(zone: zone)) })])
        case .unknownSalon:
            // A change names a booking, and no salon.
            places is VisitBody
                ? Self.unknownSalon
                : Problem(kind: .unknownSalon, detail: "the booking's salon takes no bookings at present")
        case .unknownBooking: Problem(kind: .unknownBooking)
        case .holdExpired: Problem(kind: .holdExpired, detail: "its time may be free still; book it as new")
        case .alreadyBooked: Problem(kind: .alreadyBooked)
        case .ended: Problem(kind: .bookingEnded)
        case .changedMeanwhile(let version):
            Problem(
                kind: .changedMeanwhile, detail: "read the booking again before you change it",
                extensions: version > 0 ? ["version": .number(Double(version))] : [:])
        case .tooLate(let window):
            Problem(
                kind: .tooLate, detail: "it can be changed until \(window) minutes before its start; ask the salon",
                extensions: ["cancellation_window_min": .number(Double(window))])
        case .keyReused:
            Problem(
                kind: .keyReused,
                faults: [.init(header: "Idempotency-Key", detail: "was used before for another request")])
        }
    }

    private func conflict(_ conflict: SeriesConflict, _ document: BookingDocument) -> JSONValue {
        [
            "number": .number(Double(conflict.number)), "start": document.instant(conflict.start),
            "reason": .string(conflict.rule.map(Self.word) ?? "taken"),
        ]
    }

    // MARK: Rules

    /// The word under which clients know a rule.
    static func word(_ rule: BookingRefusal) -> String {
        switch rule {
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

    private static func member(_ rule: BookingRefusal) -> String {
        switch rule {
        case .unknownService: "service"
        case .unknownStaff, .notQualified: "staff"
        case .tooSoon, .tooLate, .offStep, .outsideWorkingTime, .unknownTimeZone: "start"
        }
    }
}
