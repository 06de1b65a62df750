import Calendars
import Foundation
import HTTPKit
import JSON
import Salons
import Scheduling
import Tenancy

extension BookingAPI {
    private static let offer = Body.object(
        Member("salon", Codec.uuid(make: { SalonID($0) })), Member("service", Codec.uuid(make: { ServiceID($0) })),
        Member("staff", Codec.uuid(make: { StaffID($0) }), isRequired: false), Member("start", .instant)
    ) { (_, salon, service, staff, start) -> SeenOffer? in
        guard let salon = salon.value, let service = service.value, let start = start.value else { return nil }
        return SeenOffer(salon: salon, service: service, staff: staff.value, start: start)
    }

    private static let offers = Body.object(Member("offers", Body.list(of: offer, count: 1...SeenOffer.maximum))) {
        _, offers in offers.value
    }.named("OfferLookup")

    /// What became of one offer.
    private struct Judged: Sendable {
        var offer: SeenOffer
        var roster: Roster?
        var verdict: OfferCheck.Verdict?
        var next: Date?

        var zone: TimeZone? { roster.flatMap { $0.isZoneKnown ? $0.zone : nil } }

        var staff: StaffID? { if case .free(let person) = verdict { person } else { offer.staff } }

        /// Why it cannot be had; nil where it can.
        var reason: String? {
            switch verdict {
            case nil: "unknown-salon"
            case .free: nil
            case .taken: "taken"
            case .forbidden(let rule): rule.word
            }
        }

        init(_ offer: SeenOffer, _ reading: CalendarReader.Reading, scope: TenantScope, now: Date) {
            self.offer = offer
            roster = reading.rosters[offer.salon].flatMap { BookingAPI.isVisible($0, scope) ? $0 : nil }
            guard let roster else { return }
            let check = OfferCheck(roster: roster, busy: reading.busy, now: now)
            verdict = check.verdict(offer)
            if reason != nil { next = check.nextFree(offer) }
        }
    }

    private static let judged = Shape<Judged>([
        Property("salon", SlotShapes.uuid) { "\($0.offer.salon)" },
        Property("service", SlotShapes.uuid) { "\($0.offer.service)" },
        .optional("staff", SlotShapes.uuid, "Who was asked for, or who is free.") { $0.staff.map { "\($0)" } },
        Property("start", .local) { LocalInstant($0.offer.start, in: $0.zone) },
        Property("available", .boolean) { $0.reason == nil },
        .optional("reason", BookingShapes.reason) { $0.reason },
        .optional(
            "next_free_at", .local, "When not available: the next start within seven days after it, if there is one."
        ) { judged in judged.next.map { LocalInstant($0, in: judged.zone) } },
    ])

    private struct Judgement: Sendable {
        var offers: [Judged]
        var asOf: Date
    }

    private static let answer = Answer.json(
        200, "One answer for each offer",
        Shape<Judgement>([
            Property("offers", .list(of: judged)) { $0.offers }, Property("as_of", .milliseconds) { $0.asOf },
        ]).named("OfferLookupAnswer"))

    /// `POST /v1/availability:lookup`
    var lookup: Endpoint<TenantScope> {
        Endpoint(
            .post, "/v1/availability:lookup", name: "lookUpOffers", "Whether offers still hold",
            "Up to \(SeenOffer.maximum) offers of any salons, judged from the database at once, in "
                + "the order of the request.",
            tag: .salons, access: .anyone, limits: .reading, effect: .none, parameters: .none, body: Self.offers,
            example: ["offers": [VisitBody.example]], answers: [Self.answer], problems: [.unavailable]
        ) { _, offers, call in
            let now = now()
            let span = SeenOffer.span(of: offers, now: now)
            let salons = Set(offers.map(\.salon)).sorted()
            let reading = try await reading(call.logger) {
                try await calendars.reading(
                    of: salons, from: span.lowerBound, to: span.upperBound, scope: call.scope)
            }
            let judged = offers.map { Judged($0, reading, scope: call.scope, now: now) }
            return Self.answer(Judgement(offers: judged, asOf: now))
        }
    }
}
