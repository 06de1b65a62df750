import HTTPKit
import JSON
import Logging
import Reservations
import Salons
import Scheduling
import Tenancy

/// What a write brought.
struct Done: Sendable {
    /// At least one.
    var bookings: [Booking]
    var first: Booking
    /// Whether an earlier request with the same key brought it.
    var isReplay: Bool
}

extension BookingAPI {
    /// Says that an answer is that of an earlier request with the same key.
    static let replayedField = "Idempotency-Replayed"
    static let madeFields = ["Location", replayedField]
    static let replayMeaning = "As before, with `Idempotency-Replayed: true`"

    /// The reply about something that was made, which says where it is.
    static func made(_ done: Done, _ reply: Reply) -> Reply {
        changed(done, reply.field("Location", "/v1/bookings/\(done.first.id)"))
    }

    /// The reply about something that was changed.
    static func changed(_ done: Done, _ reply: Reply) -> Reply {
        done.isReplay ? reply.field(replayedField, "true") : reply
    }

    /// Tells whoever offers time what has changed, or the caller why nothing has.
    func told(_ outcome: Outcome, places: (any StepPlaces)?, freed: [StaffID] = []) async throws -> Done {
        switch outcome {
        case .done(let bookings, let isReplay):
            guard let first = bookings.first else { throw Problem(.internalError) }
            // A replay tells again: the attempt that took effect may have ended before it could.
            let changed = Set(bookings.flatMap { $0.steps.map(\.staff) } + freed)
            await onCalendarChange(first.salon, changed.sorted())
            return Done(bookings: bookings, first: first, isReplay: isReplay)
        case .refused(let refusal):
            throw RefusalProblem(places: places).problem(for: refusal)
        }
    }

    func cancel(
        _ id: BookingID, scope: TenantScope, key: IdempotencyKey, _ call: Call<TenantScope>
    ) async throws -> Done {
        let outcome = try await writing(call) { () async throws(ReservationError) in
            try await reservations.cancel(id, scope: scope, key: key)
        }
        return try await told(outcome, places: nil)
    }

    // MARK: In whose name

    func scope(bookingIn salon: SalonID, _ call: Call<TenantScope>) async throws -> TenantScope {
        if call.scope.tenant != nil { return call.scope }
        let scope = try await finding(call) { () async throws(ReservationError) in
            try await reservations.scope(forBookingIn: salon)
        }
        guard let scope else { throw RefusalProblem.unknownSalon }
        return scope
    }

    func scope(of id: BookingID, _ call: Call<TenantScope>) async throws -> TenantScope {
        // Row-level security answers for a tenant: another's booking is not there.
        if call.scope.tenant != nil { return call.scope }
        let scope = try await finding(call) { () async throws(ReservationError) in
            try await reservations.scope(ofBooking: id)
        }
        guard let scope else { throw Problem(.unknownBooking) }
        return scope
    }

    func existing(_ id: BookingID, scope: TenantScope, _ call: Call<TenantScope>) async throws -> Booking {
        let booking = try await finding(call) { () async throws(ReservationError) in
            try await reservations.booking(id, scope: scope)
        }
        guard let booking else { throw Problem(.unknownBooking) }
        return booking
    }

    // MARK: Faults

    /// Writes; what did not answer may have taken effect.
    func writing<R: Sendable>(
        _ call: Call<TenantScope>, again: Problem.Repetition = .withKey,
        _ work: () async throws(ReservationError) -> R
    ) async throws -> R {
        do throws(ReservationError) {
            return try await work()
        } catch {
            switch error {
            case .unavailable:
                call.logger.warning("a reservation was not answered", metadata: ["error": "\(error)"])
                throw Problem.outcomeUnknown("the database did not answer in time", again)
            case .cancelled: throw Problem.outcomeUnknown("the request was given up", again)
            case .failed:
                call.logger.error("a reservation failed", metadata: ["error": "\(error)"])
                throw Problem(.internalError)
            }
        }
    }

    private func finding<R: Sendable>(
        _ call: Call<TenantScope>, _ work: () async throws(ReservationError) -> R
    ) async throws -> R {
        do throws(ReservationError) {
            return try await work()
        } catch {
            switch error {
            case .unavailable:
                call.logger.warning("a booking could not be read", metadata: ["error": "\(error)"])
                throw Problem(.unavailable)
            case .cancelled: throw CancellationError()
            case .failed:
                call.logger.error("a booking could not be read", metadata: ["error": "\(error)"])
                throw Problem(.internalError)
            }
        }
    }
}
