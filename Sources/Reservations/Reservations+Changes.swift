public import Foundation
import Salons
public import Scheduling
public import Tenancy

extension Reservations {
    /// Makes a booking of a hold that is not over.
    public func confirm(
        _ hold: BookingID, customer: Customer, scope: TenantScope, key: IdempotencyKey
    ) async throws(ReservationError) -> Outcome {
        var fingerprint = Fingerprint("confirm")
        fingerprint.add(hold.description)
        fingerprint.add(customer)
        let answer = try await calls.call(
            .confirm(KeyedRequest(key, fingerprint), hold: hold, customer: customer), scope: scope)
        return counted(try outcome(of: answer))
    }

    /// Gives a booking's or a hold's time back, in whatever state the salon is. A customer can do so until the
    /// cancellation window that the salon has at this moment, the tenant at any time.
    public func cancel(
        _ booking: BookingID, scope: TenantScope, key: IdempotencyKey
    ) async throws(ReservationError) -> Outcome {
        var fingerprint = Fingerprint("cancel")
        fingerprint.add(booking.description)
        let answer = try await calls.call(
            .cancel(KeyedRequest(key, fingerprint), booking: booking), scope: scope)
        return counted(try outcome(of: answer))
    }

    /// Where and by whom a step of a booking is to be from now on.
    public struct Move: Sendable, Hashable {
        /// By whom; nil lets the least busy person who can do it be found.
        public var staff: StaffID?
        /// When the service itself begins.
        public var start: Date

        /// Names a place.
        public init(staff: StaffID? = nil, start: Date) {
            self.staff = staff
            self.start = start
        }
    }

    /// Moves a booking, all steps at once; there are as many moves as steps, in their order. Within the same limits as
    /// ``cancel(_:scope:key:)``, and a customer's only while the salon is published.
    ///
    /// A move to where the booking is already changes nothing: its version stays, no rule is asked, and no event is
    /// written.
    /// - Parameter version: what the mover believes the booking's version to be; nil moves it whatever it is.
    public func reschedule(
        _ booking: BookingID, to moves: [Move], version: Int64?, scope: TenantScope, key: IdempotencyKey
    ) async throws(ReservationError) -> Outcome {
        var fingerprint = Fingerprint("reschedule")
        fingerprint.add(booking.description)
        fingerprint.add(version.map { "\($0)" })
        for move in moves {
            fingerprint.add(move.staff?.description)
            fingerprint.add(move.start)
        }
        let request = KeyedRequest(key, fingerprint)
        // Somebody else may move the booking after it was read, which the database then says.
        for _ in 0..<5 {
            guard let found = try await self.booking(booking, scope: scope) else {
                return counted(.refused(.unknownBooking))
            }
            guard moves.count == found.steps.count else {
                return counted(
                    .refused(.invalidVisit("the booking has \(found.steps.count) steps, not \(moves.count)")))
            }
            let outcome =
                found.isAt(moves)
                ? try await stay(found, version: version, scope: scope, request: request)
                : try await move(found, to: moves, version: version, scope: scope, request: request)
            guard case .refused(.changedMeanwhile) = outcome else { return outcome }
            if version == nil { continue }
            let present = try await self.booking(booking, scope: scope)
            return counted(.refused(.changedMeanwhile(version: present?.version ?? found.version)))
        }
        return counted(.refused(.changedMeanwhile(version: 0)))
    }

    private func move(
        _ booking: Booking, to moves: [Move], version: Int64?, scope: TenantScope, request: KeyedRequest
    ) async throws(ReservationError) -> Outcome {
        let steps = zip(booking.steps, moves).map { Visit.Step(service: $0.service, staff: $1.staff, start: $1.start) }
        return try await planned(
            in: booking.salon, services: steps.map(\.service), scope: scope, request: request
        ) {
            (roster, now) throws(PlanningRefusal) in
            var plans = Plans()
            for way in try Planner(roster: roster, now: now).ways(steps) {
                plans.add(way.map { (number: 0, step: $0) })
            }
            return .reschedule(
                request, booking: booking.id, version: version, roster: roster, start: steps[0].start, plans: plans)
        } onTaken: { roster throws(ReservationError) in
            let offers = try await self.alternatives(to: steps, roster: roster, scope: scope)
            return .slotTaken(alternatives: offers, zone: roster.zone)
        }
    }

    private func stay(
        _ booking: Booking, version: Int64?, scope: TenantScope, request: KeyedRequest
    ) async throws(ReservationError) -> Outcome {
        let answer = try await calls.call(
            .leave(request, booking: booking.id, version: version, found: booking.version), scope: scope)
        if answer.outcome == .slotTaken {
            // The same request came before, when the booking was elsewhere.
            return counted(.refused(try await takenBefore(booking, scope: scope)))
        }
        return counted(try outcome(of: answer))
    }

    /// What is said again of a move that somebody's time stood in the way of, to where the booking has come since.
    private func takenBefore(_ booking: Booking, scope: TenantScope) async throws(ReservationError) -> Refusal {
        var isFresh = false
        guard let roster = try await roster(of: booking.salon, scope: scope, isFresh: &isFresh) else {
            return .unknownSalon
        }
        return .slotTaken(alternatives: [], zone: roster.zone)
    }
}

extension Booking {
    /// Whether moves leave everything as it is; anybody is also who does it now.
    fileprivate func isAt(_ moves: [Reservations.Move]) -> Bool {
        status == .booked
            && zip(steps, moves).allSatisfy { $0.start == $1.start && ($1.staff == nil || $1.staff == $0.staff) }
    }
}
