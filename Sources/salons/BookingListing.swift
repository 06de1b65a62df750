import Foundation
import Reservations
import Scheduling

/// What a person at a terminal is told of a booking; never whom it is for.
struct BookingListing {
    /// For names; nil where the salon has no calendar any more.
    let roster: Roster?
    let salon: String
    let time: LocalTime

    /// Prints what took effect. Throws a sentence for what did not.
    func report(_ outcome: Outcome) throws(CommandError) {
        switch outcome {
        case .refused(let refusal): throw CommandError(text(refusal))
        case .done(let bookings, let isReplay):
            if isReplay { print("This key has had its effect before; nothing has changed:") }
            print(bookings.map(text).joined(separator: "\n\n"))
        }
    }

    /// As above, of saying whether the customer was there.
    func report(_ outcome: AttendanceOutcome) throws(CommandError) {
        switch outcome {
        case .done(let booking): print(text(booking))
        case .refused(let refusal): throw CommandError(text(refusal))
        }
    }

    /// Why it cannot be said whether a customer was there.
    func text(_ refusal: AttendanceRefusal) -> String {
        switch refusal {
        case .unknownBooking: "there is no such booking"
        case .neverTookPlace: "it was cancelled, or is only a hold: nobody was to come"
        case .notBegun: "it has not begun yet; say it from its begin on"
        case .tooLongAgo: "it can be said and corrected up to \(Reservations.attendanceDays) days after its end"
        case .changedMeanwhile: "somebody else changed the booking at the same time; look at it and try again"
        case .keyReused: "this --key was used before for something else"
        }
    }

    /// A booking on a few lines.
    func text(_ booking: Booking) -> String {
        var lines = ["\(Self.word(booking.status))  \(booking.id)", "at         \(salon.onOneLine)"]
        for step in booking.steps {
            let service = roster?.service(step.service)?.name.onOneLine ?? "\(step.service)"
            let price = step.price.map { ", \($0.text)" } ?? ""
            lines.append(
                "\(time.text(step.start))–\(time.clockText(step.end))  \(service) with \(name(of: step.staff))\(price)")
        }
        if booking.status == .held, let expires = booking.expires {
            lines.append("held until \(time.text(expires)); `salons book confirm \(booking.id)` books it")
        }
        return lines.joined(separator: "\n")
    }

    /// Why something was refused, and what to do about it.
    func text(_ refusal: Refusal) -> String {
        switch refusal {
        case .slotTaken(let alternatives, _):
            guard !alternatives.isEmpty else {
                return "that time is taken, and there is nothing free within a week of it"
            }
            return "that time is taken; the nearest that are free:\n"
                + alternatives.map { "  \(time.text($0.start)) with \(name(of: $0.staff))" }.joined(separator: "\n")
        case .rule(_, let rule): return "this cannot be booked: \(rule)"
        case .invalidVisit(let sentence): return sentence
        case .series(let conflicts, _):
            return "nothing was booked, because some of the times cannot be had:\n"
                + conflicts.map { "  \(time.text($0.start)): \($0.rule?.description ?? "it is taken")" }
                .joined(separator: "\n")
        case .unknownSalon: return "\(salon) takes no bookings here"
        case .unknownBooking: return "there is no such booking"
        case .holdExpired: return "the hold's time was over; book again"
        case .alreadyBooked: return "the hold has been confirmed before"
        case .ended:
            return "the booking was cancelled, has taken place, or its hold is over, so it cannot be changed any more"
        case .changedMeanwhile: return "somebody else changed the booking at the same time; look at it and try again"
        case .tooLate(let window):
            return
                "customers can change a booking up to \(window) minutes before it begins; the salon itself (--tenant) can "
                + "at any time"
        case .keyReused: return "this --key was used before for something else"
        }
    }

    private func name(of staff: StaffID) -> String { roster?.member(staff)?.name.onOneLine ?? "\(staff)" }

    private static func word(_ status: Booking.Status) -> String {
        switch status {
        case .held: "held     "
        case .booked: "booked   "
        case .cancelled: "cancelled"
        case .expired: "expired  "
        case .completed: "completed"
        case .noShow: "no-show  "
        }
    }
}
