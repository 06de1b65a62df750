import Foundation
import HTTPKit
import JSON
import Reservations
import Scheduling
import Tenancy

extension BookingAPI {
    private static let booked = Answer.json(
        201, "The booking, or the series", BookingShapes.made, fields: madeFields)
    private static let again = Answer.json(200, replayMeaning, BookingShapes.made, fields: madeFields)
    private static let found = Answer.json(200, "The booking", BookingShapes.booking, isValidated: true)
    private static let moved = Answer.json(
        200, "The booking as it now is", BookingShapes.booking, fields: [replayedField])
    private static let cancelled = Answer.json(
        200, "What became of it", BookingShapes.booking, fields: [replayedField])
    private static let erased = Answer.empty(204, "Nothing personal is kept")

    /// `POST /v1/bookings`
    var createBooking: Endpoint<TenantScope> {
        Endpoint(
            .post, "/v1/bookings", name: "createBooking", "Book",
            "Books a time, a hold, several steps together, a party, or a series; all of it or nothing. When somebody "
                + "else has the time, `alternatives` of the problem are free; for several steps, "
                + "for the first of them.",
            tag: .bookings, access: .anyone, limits: .booking, effect: .write(.withKey), parameters: Self.key,
            body: BookingBody.body, example: BookingBody.example, answers: [Self.booked, Self.again],
            problems: [
                .unknownSalon, .unknownBooking, .slotTaken, .seriesConflicts, .alreadyBooked, .bookingEnded,
                .holdExpired, .ruleViolation, .invalidVisit, .keyReused,
            ]
        ) { key, body, call in
            let done: Done
            switch body.wish {
            case .visit(let visit):
                let scope = try await scope(bookingIn: visit.visit.salon, call)
                done = try await told(
                    try await writing(call) { () async throws(ReservationError) in
                        try await reservations.book(visit.visit, customer: body.customer, scope: scope, key: key)
                    }, places: visit)
            case .hold(let id):
                let scope = try await scope(of: id, call)
                done = try await told(
                    try await writing(call) { () async throws(ReservationError) in
                        try await reservations.confirm(id, customer: body.customer, scope: scope, key: key)
                    }, places: nil)
            case .series(let visit, let recurrence):
                let scope = try await scope(bookingIn: visit.visit.salon, call)
                done = try await told(
                    try await writing(call) { () async throws(ReservationError) in
                        try await reservations.bookSeries(
                            visit.visit.steps[0], recurrence: recurrence, in: visit.visit.salon,
                            customer: body.customer, scope: scope, key: key)
                    }, places: visit)
                let reply = (done.isReplay ? Self.again : Self.booked)(.series(done.bookings))
                return Self.made(done, reply)
            }
            return Self.made(done, (done.isReplay ? Self.again : Self.booked)(.one(done.first)))
        }
    }

    /// `GET /v1/bookings/{id}`
    var booking: Endpoint<TenantScope> {
        Endpoint(
            .get, "/v1/bookings/{id}", name: "getBooking", "A hold or booking as it now is",
            "Without whom it is for. Where the salon's time zone is not known, `time_zone` is left out and all times "
                + "are in UTC (`Z`).", tag: .bookings, access: .anyone, limits: .booking, parameters: Self.bookingID,
            answers: [Self.found], problems: [.unavailable]
        ) { id, call in
            let scope = try await scope(of: id, call)
            return Self.found(try await existing(id, scope: scope, call)).tagged(.revalidated)
        }
    }

    /// `PATCH /v1/bookings/{id}`
    var moveBooking: Endpoint<TenantScope> {
        Endpoint(
            .patch, "/v1/bookings/{id}", name: "moveBooking", "Move a booking",
            "Moves the whole booking, `start` being that of its first step, or each of its steps. Steps keep their "
                + "people unless others are named. The cancellation window that the salon has now holds. A move to "
                + "where the booking is already changes nothing: its `version` stays. A salon that is not published "
                + "takes none.",
            tag: .bookings, access: .anyone, limits: .booking, effect: .write(.withKey),
            parameters: Self.keyedBooking, body: MoveBody.body, example: MoveBody.example, answers: [Self.moved],
            problems: [
                .unknownSalon, .slotTaken, .bookingEnded, .changedMeanwhile, .tooLate, .ruleViolation, .invalidVisit,
                .keyReused,
            ]
        ) { asked, body, call in
            let (id, key) = asked
            let scope = try await scope(of: id, call)
            let before = try await existing(id, scope: scope, call)
            let moves = try body.moves(of: before)
            let moved = try await writing(call) { () async throws(ReservationError) in
                try await reservations.reschedule(id, to: moves, version: body.version, scope: scope, key: key)
            }
            let done = try await told(moved, places: body, freed: before.steps.map(\.staff))
            return Self.changed(done, Self.moved(done.first))
        }
    }

    /// `DELETE /v1/bookings/{id}`
    var cancelBooking: Endpoint<TenantScope> {
        Endpoint(
            .delete, "/v1/bookings/{id}", name: "cancelBooking", "Cancel a booking",
            "Frees the time at once, also in a salon that is not published any more. The cancellation window that the "
                + "salon has now holds.", tag: .bookings, access: .anyone, limits: .booking,
            effect: .write(.withKey), parameters: Self.keyedBooking, answers: [Self.cancelled],
            problems: [.bookingEnded, .tooLate, .changedMeanwhile, .keyReused]
        ) { asked, call in
            let (id, key) = asked
            let done = try await cancel(id, scope: try await scope(of: id, call), key: key, call)
            return Self.changed(done, Self.cancelled(done.first))
        }
    }

    /// `DELETE /v1/bookings/{id}/customer`
    var eraseCustomer: Endpoint<TenantScope> {
        Endpoint(
            .delete, "/v1/bookings/{id}/customer", name: "eraseCustomer", "Forget whom a booking is for",
            "Erases name and contact; the booking stays. Doing it again does nothing.", tag: .bookings,
            access: .anyone, limits: .booking, effect: .write(.withoutKey), parameters: Self.bookingID,
            answers: [Self.erased]
        ) { id, call in
            let scope = try await scope(of: id, call)
            let isErased = try await writing(call, again: .withoutKey) { () async throws(ReservationError) in
                try await reservations.eraseCustomer(of: id, scope: scope)
            }
            if !isErased { _ = try await existing(id, scope: scope, call) }
            return Self.erased()
        }
    }
}
