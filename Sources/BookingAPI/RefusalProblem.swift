import HTTPKit
import Reservations
import Scheduling

/// Says in the words of HTTP why a request for a reservation had no effect.
struct RefusalProblem {
    /// Where in the request's body the steps stand; nil when there were none.
    let places: (any StepPlaces)?

    /// The salon of a body that does not exist, is another's, or takes no bookings.
    static let unknownSalon = Problem(
        .unknownSalon,
        faults: [
            .init(
                pointer: "/salon",
                detail: "is no salon that takes bookings here; one of yours that has no calendar gets it by "
                    + "`salons calendar apply`"
            )
        ])

    func problem(for refusal: Refusal) -> Problem {
        switch refusal {
        case .slotTaken(let alternatives, let zone):
            Problem(.slotTaken, "the time was taken; the alternatives were free a moment ago")
                .with(ProblemMembers.alternatives, alternatives.map { SlotShapes.Slot([$0], in: zone) })
        case .rule(let step, let rule):
            Problem(
                .ruleViolation, rule.description,
                faults: [
                    .init(
                        pointer: places?.pointer(step: step, rule.member) ?? "", detail: rule.description,
                        rule: rule.word)
                ])
        case .invalidVisit(let text): Problem(.invalidVisit, text)
        case .series(let conflicts, let zone):
            Problem(.seriesConflicts, "\(conflicts.count) of the series cannot be had")
                .with(
                    ProblemMembers.conflicts, conflicts.map { BookingShapes.Conflict(conflict: $0, zone: zone) })
        case .unknownSalon:
            // A change names a booking, and no salon.
            places is VisitBody
                ? Self.unknownSalon : Problem(.unknownSalon, "the booking's salon takes no bookings at present")
        case .unknownBooking: Problem(.unknownBooking)
        case .holdExpired: Problem(.holdExpired, "its time may be free still; book it as new")
        case .alreadyBooked: Problem(.alreadyBooked)
        case .ended: Problem(.bookingEnded)
        case .changedMeanwhile(let version):
            version > 0
                ? Problem(.changedMeanwhile, "read the booking again before you change it")
                    .with(ProblemMembers.version, Int(version))
                : Problem(.changedMeanwhile, "read the booking again before you change it")
        case .tooLate(let window):
            Problem(.tooLate, "it can be changed until \(window) minutes before its start; ask the salon")
                .with(ProblemMembers.cancellationWindow, window)
        case .keyReused:
            Problem(
                .keyReused,
                faults: [.init(header: "Idempotency-Key", detail: "was used before for another request")])
        }
    }
}
