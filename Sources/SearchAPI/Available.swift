import Availability
import Discovery
import Foundation
import HTTPKit
import JSON
import Scheduling
import Tenancy

extension SearchAPI {
    private static let question = Parameters(
        Place.parameters, Wanted.parameters, Page.parameters, canonical, Offered.parameters, sort
    ) { (_, place, wanted, page, canonical, offered, sort) -> AvailableRequest? in
        place.origin.map { origin in
            AvailableRequest(
                nearby: NearbyRequest(
                    origin: origin, region: place.region, filter: wanted.filter, openNow: wanted.openNow,
                    limit: page.limit, cursor: page.cursor, fields: page.fields, canonical: canonical),
                wish: offered.wish, staff: offered.staff, start: offered.start, party: offered.party,
                isWalking: offered.isWalking, isStrong: offered.isStrong, order: sort.value ?? .distance)
        }
    }.unwrapped()

    private static let sort = Parameter.query(
        "sort",
        Codec.choice([
            "distance": AvailableRequest.Order.distance, "soonest": .soonest,
            "distance,soonest": .distanceBandThenSoonest,
        ]),
        "`distance`; `soonest`: earliest start first, among the \(Discovery.soonestPool) nearest; or "
            + "`distance,soonest`: by distance band and within a band by start.", default: .distance,
        example: "soonest")

    private static let page = Answer<AvailableAnswer>.pieces(
        200, "A page of salons", SalonSchema.list, isValidated: true
    ) { $0.encode(to: $1) }

    /// `GET /v1/salons/available`
    var available: Endpoint<TenantScope> {
        Endpoint(
            .get, "/v1/salons/available", name: "findSalonsAvailable",
            "Salons near a position that can take somebody in time",
            "Each with the start of its first offer in the window. A page by distance can be shorter than `limit` and "
                + "still have a `next_cursor`: it ended where \(Discovery.longestWalk) salons had been looked at. An "
                + "empty list says in `diagnosis` how many salons were closed, full or without the service, and when "
                + "the nearest are free next.",
            tag: .salons, access: .anyone, limits: .search, parameters: Self.question, answers: [Self.page],
            problems: [.invalidCursor, .notReady, .unavailable],
            quick: { [discovery] question, call in
                guard !question.nearby.isCostly,
                    let answer = try Self.translated({ () throws(DiscoveryError) in
                        try discovery.quickAvailable(question, scope: call.scope)
                    })
                else { return nil }
                return Self.page(answer).tagged(answer.entityTag)
            }
        ) { [discovery] question, call in
            let answer: AvailableAnswer
            do throws(DiscoveryError) {
                answer = try await discovery.available(question, scope: call.scope)
            } catch {
                throw error.problem
            }
            return Self.page(answer).tagged(answer.entityTag)
        }
    }
}

/// What is to be had, by whom, for how many, and when.
private struct Offered: Sendable {
    var wish: AvailabilityQuestion.Wish
    var staff: StaffID?
    var start: AvailableRequest.Start
    var party: Int
    var isWalking: Bool
    var isStrong: Bool

    static let parameters = Parameters(service, staff, window, party, walk, consistency) {
        faults, service, staff, start, party, walk, consistency in
        if let party = party.value, party > 1 {
            if staff.isPresent { faults.add("party", "contradicts staff: one person serves one customer at a time") }
            if !service.isPresent { faults.add("party", "needs a service") }
        }
        return Offered(
            wish: service.value ?? .anything, staff: staff.value, start: start, party: party.value ?? 1,
            isWalking: walk.value ?? false, isStrong: consistency.value ?? false)
    }

    private static let window = Parameters(minutes, from, to) { faults, minutes, from, to in
        let usual = AvailableRequest.Start.within(minutes: minutes.value ?? AvailableRequest.usualMinutes)
        guard from.isPresent || to.isPresent else { return usual }
        if minutes.isPresent {
            if from.isPresent { faults.add("from", "contradicts within_min; give one of the two") }
            if to.isPresent { faults.add("to", "contradicts within_min; give one of the two") }
        }
        if !from.isPresent { faults.add("from", "is missing; from goes with to") }
        if !to.isPresent { faults.add("to", "is missing; from goes with to") }
        guard let from = from.value, let to = to.value else { return usual }
        if to <= from { faults.add("to", "must be later than from") }
        if to.timeIntervalSince(from) > AvailableRequest.longestWindow {
            faults.add("to", "must be within \(days) days of from")
        }
        return .between(from, max(to, from))
    }

    private static let days = Int(AvailableRequest.longestWindow / 86_400)

    private static let service = Parameter.query(
        "service",
        Codec.either(
            Codec<ServiceCategory>.word(), Codec.uuid(make: { ServiceID($0) }),
            first: { AvailabilityQuestion.Wish.category($0) }, second: { .service($0) }),
        "A category such as `haircut`, or the `id` of a salon's service. Without it anything.", example: "haircut",
        isTried: true)

    private static let staff = Parameter.query(
        "staff", Codec.uuid(make: { StaffID($0) }), "Only by this person. Without it by whoever is free.",
        example: "3f0c2f9e-6d0a-4f0e-9d5e-0d6d1b0f6a11")

    private static let minutes = Parameter.query(
        "within_min", .integer(1...AvailableRequest.longestMinutes),
        "Only offers that start within so many minutes. Not with `from` and `to`.",
        default: AvailableRequest.usualMinutes, example: 60)

    private static let from = Parameter.query(
        "from", .instant, "Only offers that start at this instant or later, RFC 3339; goes with `to`.",
        example: Examples.placeholder("from"), isTried: true)

    private static let to = Parameter.query(
        "to", .instant, "Only offers that start before this instant, RFC 3339, at most \(days) days after `from`.",
        example: Examples.placeholder("to"), isTried: true)

    private static let party = Parameter.query(
        "party", .integer(1...SchedulingBounds.largestVisit),
        "So many want the service at the same time, each from a person of their own. Needs `service`.", default: 1,
        example: 2)

    private static let walk = Parameter.query(
        "walk", .boolean, "Whether the way from `lat` and `lon` must fit before the start, at 80 m a minute.",
        default: false, example: true)

    private static let consistency = Parameter.query(
        "consistency", Codec.choice(["feed": false, "strong": true]),
        "`feed`: as of `as_of`, a moment ago. `strong`: the database is asked about every salon that is offered.",
        default: false, example: "strong")
}
