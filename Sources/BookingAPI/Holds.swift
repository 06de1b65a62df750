import HTTPKit
import JSON
import Reservations
import Tenancy

extension BookingAPI {
    private static let kept = Answer.json(201, "The hold", BookingShapes.booking, fields: madeFields)
    private static let again = Answer.json(200, replayMeaning, BookingShapes.booking, fields: madeFields)
    private static let given = Answer.json(
        200, "What became of it", BookingShapes.booking, fields: [replayedField])

    /// `POST /v1/holds`
    var createHold: Endpoint<TenantScope> {
        Endpoint(
            .post, "/v1/holds", name: "createHold", "Keep a time for a few minutes",
            "Takes the time for five minutes, in which it can be booked.", tag: .bookings, access: .anyone,
            limits: .booking, effect: .write(.withKey), parameters: Self.key, body: VisitBody.hold,
            example: VisitBody.example, answers: [Self.kept, Self.again],
            problems: [.unknownSalon, .slotTaken, .ruleViolation, .invalidVisit, .keyReused]
        ) { key, body, call in
            let scope = try await scope(bookingIn: body.visit.salon, call)
            let made = try await writing(call) { () async throws(ReservationError) in
                try await reservations.hold(body.visit, scope: scope, key: key)
            }
            let done = try await told(made, places: body)
            return Self.made(done, (done.isReplay ? Self.again : Self.kept)(done.first))
        }
    }

    /// `DELETE /v1/holds/{id}`: as cancelling, for what is still a hold. A customer who leaves must not lose what has
    /// become a booking meanwhile.
    var releaseHold: Endpoint<TenantScope> {
        Endpoint(
            .delete, "/v1/holds/{id}", name: "releaseHold", "Give a held time back",
            "Frees the time at once; a hold that has become a booking stays.", tag: .bookings, access: .anyone,
            limits: .booking, effect: .write(.withKey), parameters: Self.keyedBooking, answers: [Self.given],
            problems: [.alreadyBooked, .bookingEnded, .tooLate, .changedMeanwhile, .keyReused]
        ) { asked, call in
            let (id, key) = asked
            let scope = try await scope(of: id, call)
            guard try await existing(id, scope: scope, call).status != .booked else {
                throw Problem(.alreadyBooked, "cancel the booking instead: DELETE /v1/bookings/\(id)")
            }
            let done = try await cancel(id, scope: scope, key: key, call)
            return Self.changed(done, Self.given(done.first))
        }
    }
}
