import Foundation
import HTTPKit
import JSON
import Reservations
import Scheduling

/// The body of `PATCH /v1/bookings/{id}`: `start` moves the whole visit, `steps` each of its steps.
struct MoveBody: Sendable {
    /// Where one step goes.
    struct Step: Sendable {
        var staff: StaffID?
        var start: Date
    }

    /// Where to.
    enum Target: Sendable {
        case start(Date, staff: StaffID?)
        case steps([Step])
    }

    let target: Target
    /// The version that the caller has seen; nil moves whatever is there.
    let version: Int64?

    private static let staff = Member("staff", Codec.uuid(make: { StaffID($0) }), isRequired: false)
    private static let version = Member(
        "version", .integer(1...Int(Int32.max)), isRequired: false,
        "The version that was seen; when it is another by now, nothing is moved.")
    private static let step = Body.object(VisitBody.start, staff) { (_, start, staff) -> Step? in
        start.value.map { Step(staff: staff.value, start: $0) }
    }

    static let body = Body.choice(
        otherwise: Body.object(
            VisitBody.start, staff, version, description: "The whole booking; its first step begins then."
        ) { (_, start, staff, version) -> MoveBody? in
            start.value.map {
                MoveBody(target: .start($0, staff: staff.value), version: version.value.map { Int64($0) })
            }
        },
        (
            "steps",
            Body.object(
                Member(
                    "steps",
                    Body.list(
                        of: step, count: 1...SchedulingBounds.largestVisit,
                        description: "What is had together, each step with its own start.")), version,
                description: "Each of its steps."
            ) { (_, steps, version) -> MoveBody? in
                steps.value.map { MoveBody(target: .steps($0), version: version.value.map { Int64($0) }) }
            }
        )
    ).named("MoveRequest")

    /// A body that works.
    static let example: JSONValue = ["start": Examples.placeholder("later")]
}

extension MoveBody: StepPlaces {
    func pointer(step: Int, _ member: String) -> String {
        switch target {
        case .start: "/\(member)"
        case .steps: "/steps/\(step)/\(member)"
        }
    }

    /// The moves of a booking's steps. A step keeps its person where the body names none, and `start` moves all steps
    /// by as much as the first.
    func moves(of booking: Booking) throws(Problem) -> [Reservations.Move] {
        switch target {
        case .start(let start, let staff):
            guard staff == nil || booking.steps.count == 1 else {
                throw Problem(
                    .invalidBody,
                    faults: [
                        .init(pointer: "/staff", detail: "the booking has several steps; name each one's in steps")
                    ])
            }
            let shift = start.timeIntervalSince(booking.start)
            return booking.steps.map { .init(staff: staff ?? $0.staff, start: $0.start + shift) }
        case .steps(let steps):
            guard steps.count == booking.steps.count else {
                throw Problem(
                    .invalidBody,
                    faults: [
                        .init(pointer: "/steps", detail: "must name all \(booking.steps.count) steps of the booking")
                    ])
            }
            return zip(booking.steps, steps).map { .init(staff: $1.staff ?? $0.staff, start: $1.start) }
        }
    }
}
