import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Reservations
import Salons
import Scheduling
import Tenancy

/// Holds and bookings: reads what is wanted, finds in whose name, lets `Reservations` do it, and says what became of it.
///
/// A tenant's credential opens that tenant's salons only; without one, all salons and the bookings whose identifiers the
/// caller knows are open. Either way the caller is a customer, who books and moves in published salons; what is booked can
/// be read and given back whatever has become of the salon.
struct ReservationRoutes: Sendable {
    let desk: ReservationDesk
    let caller: CallerScope
    let configuration: APIConfiguration

    func add(to router: Router<BasicRequestContext>) {
        router.post("/v1/holds") { request, context in try await hold(request, context.logger) }
        router.delete("/v1/holds/:id") { request, context in
            try await release(request, id: context.parameters.get("id"), context.logger)
        }
        router.post("/v1/bookings") { request, context in try await book(request, context.logger) }
        router.get("/v1/bookings/:id") { request, context in
            try await booking(request, id: context.parameters.get("id"), context.logger)
        }
        router.patch("/v1/bookings/:id") { request, context in
            try await move(request, id: context.parameters.get("id"), context.logger)
        }
        router.delete("/v1/bookings/:id") { request, context in
            try await cancel(request, id: context.parameters.get("id"), context.logger)
        }
        router.delete("/v1/bookings/:id/customer") { request, context in
            try await erase(request, id: context.parameters.get("id"), context.logger)
        }
    }

    // MARK: Taking time

    private func hold(_ request: Request, _ logger: Logger) async throws -> Response {
        let audience = try await caller.scope(of: request)
        try request.refuseParameters()
        let key = try request.idempotencyKey()
        let body = try HoldBody.parse(try await request.jsonBytes(configuration))
        let scope = try await scope(bookingIn: body.visit.salon, for: audience, logger)
        let outcome = try await writing(logger) { () async throws(ReservationError) in
            try await desk.reservations.hold(body.visit, scope: scope, key: key)
        }
        return try await answer(outcome, visit: body, isCreation: true)
    }

    private func book(_ request: Request, _ logger: Logger) async throws -> Response {
        let audience = try await caller.scope(of: request)
        try request.refuseParameters()
        let key = try request.idempotencyKey()
        let body = try BookingBody.parse(try await request.jsonBytes(configuration))
        switch body.wish {
        case .visit(let visit):
            let scope = try await scope(bookingIn: visit.visit.salon, for: audience, logger)
            let outcome = try await writing(logger) { () async throws(ReservationError) in
                try await desk.reservations.book(visit.visit, customer: body.customer, scope: scope, key: key)
            }
            return try await answer(outcome, visit: visit, isCreation: true)
        case .hold(let id):
            let scope = try await scope(of: id, for: audience, logger)
            let outcome = try await writing(logger) { () async throws(ReservationError) in
                try await desk.reservations.confirm(id, customer: body.customer, scope: scope, key: key)
            }
            return try await answer(outcome, visit: nil, isCreation: true)
        case .series(let visit, let recurrence):
            let scope = try await scope(bookingIn: visit.visit.salon, for: audience, logger)
            let outcome = try await writing(logger) { () async throws(ReservationError) in
                try await desk.reservations.bookSeries(
                    visit.visit.steps[0], recurrence: recurrence, in: visit.visit.salon, customer: body.customer,
                    scope: scope, key: key)
            }
            return try await answer(outcome, visit: visit, isCreation: true, isSeries: true)
        }
    }

    // MARK: What is there

    private func booking(_ request: Request, id: String?, _ logger: Logger) async throws -> Response {
        let audience = try await caller.scope(of: request)
        try request.refuseParameters()
        let id = try Self.identifier(id)
        let scope = try await scope(of: id, for: audience, logger)
        let booking = try await existing(id, scope: scope, logger)
        let bytes = BookingDocument.of(booking).bytes
        return .tagged(
            bytes, tag: EntityTag.strong(of: bytes, scope: audience, request: request), type: "application/json",
            cacheControl: "private, no-cache",
            request: request)
    }

    private func move(_ request: Request, id: String?, _ logger: Logger) async throws -> Response {
        let audience = try await caller.scope(of: request)
        try request.refuseParameters()
        let key = try request.idempotencyKey()
        let id = try Self.identifier(id)
        let body = try MoveBody.parse(try await request.jsonBytes(configuration))
        let scope = try await scope(of: id, for: audience, logger)
        let before = try await existing(id, scope: scope, logger)
        let moves = try body.moves(of: before)
        let outcome = try await writing(logger) { () async throws(ReservationError) in
            try await desk.reservations.reschedule(
                id, to: moves, version: body.version, scope: scope, key: key)
        }
        return try await answer(outcome, visit: body, freed: before.steps.map(\.staff))
    }

    private func cancel(_ request: Request, id: String?, _ logger: Logger) async throws -> Response {
        let audience = try await caller.scope(of: request)
        try request.refuseParameters()
        let key = try request.idempotencyKey()
        let id = try Self.identifier(id)
        let scope = try await scope(of: id, for: audience, logger)
        return try await cancel(id, scope: scope, key: key, logger)
    }

    /// As cancelling, for what is still a hold: a customer who leaves must not lose what has become a booking meanwhile.
    private func release(_ request: Request, id: String?, _ logger: Logger) async throws -> Response {
        let audience = try await caller.scope(of: request)
        try request.refuseParameters()
        let key = try request.idempotencyKey()
        let id = try Self.identifier(id)
        let scope = try await scope(of: id, for: audience, logger)
        guard try await existing(id, scope: scope, logger).status != .booked else {
            throw Problem(kind: .alreadyBooked, detail: "cancel the booking instead: DELETE /v1/bookings/\(id)")
        }
        return try await cancel(id, scope: scope, key: key, logger)
    }

    private func cancel(
        _ id: BookingID, scope: TenantScope, key: IdempotencyKey, _ logger: Logger
    ) async throws -> Response {
        let outcome = try await writing(logger) { () async throws(ReservationError) in
            try await desk.reservations.cancel(id, scope: scope, key: key)
        }
        return try await answer(outcome, visit: nil)
    }

    private func erase(_ request: Request, id: String?, _ logger: Logger) async throws -> Response {
        let audience = try await caller.scope(of: request)
        try request.refuseParameters()
        let id = try Self.identifier(id)
        let scope = try await scope(of: id, for: audience, logger)
        let isErased = try await writing(logger, again: .withoutKey) { () async throws(ReservationError) in
            try await desk.reservations.eraseCustomer(of: id, scope: scope)
        }
        if !isErased { _ = try await existing(id, scope: scope, logger) }
        return Response(status: .noContent, headers: [.cacheControl: "no-store", .accessControlAllowOrigin: "*"])
    }

    // MARK: In whose name

    private func scope(
        bookingIn salon: SalonID, for audience: TenantScope, _ logger: Logger
    ) async throws -> TenantScope {
        if audience.tenant != nil { return audience }
        let scope = try await reading(logger) { () async throws(ReservationError) in
            try await desk.reservations.scope(forBookingIn: salon)
        }
        guard let scope else { throw RefusalProblem.unknownSalon }
        return scope
    }

    private func scope(of id: BookingID, for audience: TenantScope, _ logger: Logger) async throws -> TenantScope {
        // Row-level security answers for a tenant: another's booking is not there.
        if audience.tenant != nil { return audience }
        let scope = try await reading(logger) { () async throws(ReservationError) in
            try await desk.reservations.scope(ofBooking: id)
        }
        guard let scope else { throw Problem(kind: .unknownBooking) }
        return scope
    }

    private func existing(_ id: BookingID, scope: TenantScope, _ logger: Logger) async throws -> Booking {
        let booking = try await reading(logger) { () async throws(ReservationError) in
            try await desk.reservations.booking(id, scope: scope)
        }
        guard let booking else { throw Problem(kind: .unknownBooking) }
        return booking
    }

    private static func identifier(_ text: String?) throws(Problem) -> BookingID {
        guard let id = text.flatMap(BookingID.init(_:)) else {
            throw Problem(kind: .unknownBooking, faults: [.init(parameter: "id", detail: "is not a UUID")])
        }
        return id
    }

    // MARK: What became of it

    private func answer(
        _ outcome: Outcome, visit: (any StepPlaces)?, freed: [StaffID] = [], isCreation: Bool = false,
        isSeries: Bool = false
    ) async throws -> Response {
        switch outcome {
        case .done(let bookings, let isReplay):
            guard let first = bookings.first else { throw Problem(kind: .internalError) }
            // A replay tells again: the attempt that took effect may have ended before it could.
            let changed = Set(bookings.flatMap { $0.steps.map(\.staff) } + freed)
            await desk.onCalendarChange(first.salon, changed.sorted())
            let body: JSONValue =
                isSeries
                ? [
                    "series": .string(first.series?.uuidString.lowercased() ?? ""),
                    "bookings": .array(bookings.map(BookingDocument.of)),
                ] : BookingDocument.of(first)
            var response = Response.json(body, status: isCreation && !isReplay ? .created : .ok)
            if isCreation { response.headers[.location] = "/v1/bookings/\(first.id)" }
            if isReplay { response.headers[.idempotencyReplayed] = "true" }
            return response
        case .refused(let refusal):
            throw RefusalProblem(places: visit).problem(for: refusal)
        }
    }

    // MARK: Faults

    private func writing<R: Sendable>(
        _ logger: Logger, again: Problem.Repetition = .withKey, _ work: () async throws(ReservationError) -> R
    ) async throws -> R {
        do throws(ReservationError) {
            return try await work()
        } catch {
            switch error {
            case .unavailable:
                logger.warning("a reservation was not answered", metadata: ["error": "\(error)"])
                throw Problem.outcomeUnknown("the database did not answer in time", again)
            case .cancelled: throw Problem.outcomeUnknown("the request was given up", again)
            case .failed:
                logger.error("a reservation failed", metadata: ["error": "\(error)"])
                throw Problem(kind: .internalError)
            }
        }
    }

    private func reading<R: Sendable>(
        _ logger: Logger, _ work: () async throws(ReservationError) -> R
    ) async throws -> R {
        do throws(ReservationError) {
            return try await work()
        } catch {
            switch error {
            case .unavailable:
                logger.warning("a booking was not found out about", metadata: ["error": "\(error)"])
                throw Problem(kind: .unavailable)
            case .cancelled: throw CancellationError()
            case .failed:
                logger.error("a booking was not found out about", metadata: ["error": "\(error)"])
                throw Problem(kind: .internalError)
            }
        }
    }
}
