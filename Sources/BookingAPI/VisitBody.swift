import Foundation
import HTTPKit
import JSON
import Reservations
import Salons
import Scheduling

/// What a body wants to take: `salon` with `service`, `start`, maybe `staff` or `party`; or `salon` with `steps`.
struct VisitBody: Sendable {
    let visit: Visit
    /// Whether the steps were written out, rather than meant by the short form.
    let hasSteps: Bool

    // MARK: Members

    static let salon = Member("salon", Codec.uuid(make: { SalonID($0) }))
    static let service = Member("service", Codec.uuid(make: { ServiceID($0) }))
    static let staff = Member(
        "staff", Codec.uuid(make: { StaffID($0) }), isRequired: false,
        "By whom; whoever is free and least busy unless said.")
    static let start = Member("start", .instant)
    static let party = Member(
        "party", .integer(1...SchedulingBounds.largestVisit), default: 1,
        "So many people at the same time, each by a person of their own. Not with `staff`.")
    static let steps = Member(
        "steps",
        Body.list(
            of: step, count: 1...SchedulingBounds.largestVisit,
            description: "What is had together, each step with its own start."))

    private static let step = Body.object(service, staff, start) { (_, service, staff, start) -> Visit.Step? in
        guard let service = service.value, let start = start.value else { return nil }
        return Visit.Step(service: service, staff: staff.value, start: start)
    }

    // MARK: Whole visits

    /// One service, for one or for a party.
    static func short(
        _ faults: Faults, _ salon: Given<SalonID>, _ service: Given<ServiceID>, _ staff: Given<StaffID>,
        _ start: Given<Date>, _ party: Given<Int>
    ) -> VisitBody? {
        if let count = party.value, count > 1, staff.isPresent {
            faults.add("staff", "cannot serve a party; name everybody's in steps")
        }
        guard let salon = salon.value, let service = service.value, let start = start.value, let count = party.value
        else { return nil }
        let step = Visit.Step(service: service, staff: staff.value, start: start)
        return VisitBody(visit: Visit(salon: salon, steps: Array(repeating: step, count: count)), hasSteps: false)
    }

    /// Several steps.
    static func long(_ salon: Given<SalonID>, _ steps: Given<[Visit.Step]>) -> VisitBody? {
        guard let salon = salon.value, let steps = steps.value else { return nil }
        return VisitBody(visit: Visit(salon: salon, steps: steps), hasSteps: true)
    }

    /// That a party has no one person.
    static let partyRule: (String, JSONValue) = (
        "not", ["required": ["staff", "party"], "properties": ["party": ["minimum": 2]]]
    )

    /// The body of `POST /v1/holds`.
    static let hold = Body.choice(
        otherwise: Body.object(
            salon, service, staff, start, party, description: "One service.", rules: [partyRule], make: short),
        ("steps", Body.object(salon, steps, description: "Several steps.") { _, salon, steps in long(salon, steps) })
    ).named("HoldRequest")

    /// Something that can be had.
    static let example: JSONValue = [
        "salon": Examples.placeholder("salon"), "service": Examples.placeholder("service"),
        "start": Examples.placeholder("start"),
    ]
}

/// Says where in a request's body a member of a step stands.
protocol StepPlaces: Sendable {
    /// A JSON pointer (RFC 6901).
    func pointer(step: Int, _ member: String) -> String
}

extension VisitBody: StepPlaces {
    func pointer(step: Int, _ member: String) -> String { hasSteps ? "/steps/\(step)/\(member)" : "/\(member)" }
}
