import Foundation
import HTTPKit
import JSON
import Reservations
import Salons
import Scheduling

/// The body of `POST /v1/bookings`: a visit, a hold that is to be kept, or a visit that recurs; and for whom.
struct BookingBody: Sendable {
    /// What is to be booked.
    enum Wish: Sendable {
        case visit(VisitBody)
        case hold(BookingID)
        case series(VisitBody, Recurrence)
    }

    let wish: Wish
    let customer: Customer

    /// How many weeks may lie between two occurrences.
    static let weeks = 1...52

    private static let customer = Member("customer", CustomerBody.body)

    private static let recurrence = Member(
        "recurrence",
        Body.object(
            Member("every_weeks", .integer(weeks)), Member("count", .integer(2...Recurrence.maximumCount)),
            description: "The same again, at the same local time: all of them or none."
        ) { (_, weeks, count) -> Recurrence? in
            guard let weeks = weeks.value, let count = count.value else { return nil }
            return Recurrence(everyWeeks: weeks, count: count)
        }, isRequired: false)

    private static func make(
        _ faults: Faults, _ visit: VisitBody?, _ customer: Given<Customer>, _ recurrence: Given<Recurrence>
    ) -> BookingBody? {
        if let visit, recurrence.isPresent, visit.visit.steps.count != 1 {
            faults.add("recurrence", "is for one service and one person; book others one by one")
        }
        guard let visit, let customer = customer.value else { return nil }
        guard recurrence.isPresent else { return BookingBody(wish: .visit(visit), customer: customer) }
        return recurrence.value.map { BookingBody(wish: .series(visit, $0), customer: customer) }
    }

    /// A series is of one service and one person.
    private static func single(_ schema: JSONValue) -> (String, JSONValue) {
        ("dependentSchemas", ["recurrence": schema])
    }

    static let body = Body.choice(
        otherwise: Body.object(
            VisitBody.salon, VisitBody.service, VisitBody.staff, VisitBody.start, VisitBody.party, customer,
            recurrence, description: "One service.",
            rules: [VisitBody.partyRule, single(["properties": ["party": ["maximum": 1]]])]
        ) { faults, salon, service, staff, start, party, customer, recurrence in
            make(faults, VisitBody.short(faults, salon, service, staff, start, party), customer, recurrence)
        },
        (
            "hold",
            Body.object(
                Member("hold", Codec.uuid(make: { BookingID($0) })), customer, description: "Keeps what is held."
            ) { (_, hold, customer) -> BookingBody? in
                guard let hold = hold.value, let customer = customer.value else { return nil }
                return BookingBody(wish: .hold(hold), customer: customer)
            }
        ),
        (
            "steps",
            Body.object(
                VisitBody.salon, VisitBody.steps, customer, recurrence, description: "Several steps.",
                rules: [single(["properties": ["steps": ["maxItems": 1]]])]
            ) { faults, salon, steps, customer, recurrence in
                make(faults, VisitBody.long(salon, steps), customer, recurrence)
            }
        )
    ).named("BookingRequest")

    /// A body that works.
    static let example: JSONValue = [
        "salon": Examples.placeholder("salon"), "service": Examples.placeholder("service"),
        "start": Examples.placeholder("start"),
        "customer": ["name": "Ida Example", "email": "ida@example.com"],
    ]
}
