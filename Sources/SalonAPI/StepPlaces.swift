import Foundation
import Reservations
import Scheduling

/// Says where in a request's body a member of a step stands.
protocol StepPlaces {
    /// A JSON pointer (RFC 6901).
    func pointer(step: Int, _ member: String) -> String
}

extension VisitBody: StepPlaces {}

extension MoveBody: StepPlaces {
    func pointer(step: Int, _ member: String) -> String {
        switch target {
        case .start: "/\(member)"
        case .steps: "/steps/\(step)/\(member)"
        }
    }

    /// The moves of a booking's steps. A step keeps its person where the body names none, and `start` moves all steps by
    /// as much as the first.
    func moves(of booking: Booking) throws(Problem) -> [Reservations.Move] {
        switch target {
        case .start(let start, let staff):
            guard staff == nil || booking.steps.count == 1 else {
                throw .body([
                    .init(pointer: "/staff", detail: "the booking has several steps; name each one's in steps")
                ])
            }
            let shift = start.timeIntervalSince(booking.start)
            return booking.steps.map { .init(staff: staff ?? $0.staff, start: $0.start + shift) }
        case .steps(let steps):
            guard steps.count == booking.steps.count else {
                throw .body([
                    .init(pointer: "/steps", detail: "must name all \(booking.steps.count) steps of the booking")
                ])
            }
            return zip(booking.steps, steps).map { .init(staff: $1.staff ?? $0.staff, start: $1.start) }
        }
    }
}
