public import Foundation
import Postgres
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
            """
            SELECT confirm_hold(\(key.text), \(fingerprint.bytes()), \(hold.rawValue), \(customer.name),
                \(nullable: customer.email), \(nullable: customer.phone))
            """, scope: scope)
        return counted(try outcome(of: answer, roster: nil))
    }

    /// Gives a booking's or a hold's time back.
    public func cancel(
        _ booking: BookingID, by party: Party, scope: TenantScope, key: IdempotencyKey
    ) async throws(ReservationError) -> Outcome {
        var fingerprint = Fingerprint("cancel")
        fingerprint.add(booking.description)
        // The window is judged by the booking's own time, so a change in between is read anew, a few times.
        for _ in 0..<5 {
            guard let found = try await self.booking(booking, scope: scope) else {
                return counted(.refused(.unknownBooking))
            }
            let window = try await window(of: found, party: party, scope: scope)
            let answer = try await calls.call(
                """
                SELECT cancel_booking(\(key.text), \(fingerprint.bytes()), \(booking.rawValue), \(found.version),
                    \(nullable: window?.latest))
                """, scope: scope)
            if answer.outcome == "version-mismatch" { continue }
            if answer.outcome == "too-late" { return counted(.refused(.tooLate(window: window?.minutes ?? 0))) }
            return counted(try outcome(of: answer, roster: nil))
        }
        return counted(.refused(.changedMeanwhile(version: 0)))
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

    /// Moves a booking, all steps at once; there are as many moves as steps, in their order.
    /// - Parameter version: what the mover believes the booking's version to be; nil moves it whatever it is.
    public func reschedule(
        _ booking: BookingID, to moves: [Move], version: Int64?, by party: Party, scope: TenantScope,
        key: IdempotencyKey
    ) async throws(ReservationError) -> Outcome {
        var fingerprint = Fingerprint("reschedule")
        fingerprint.add(booking.description)
        fingerprint.add(version.map { "\($0)" })
        for move in moves {
            fingerprint.add(move.staff?.description)
            fingerprint.add(move.start)
        }
        let digest = fingerprint.bytes()
        for _ in 0..<5 {
            guard let found = try await self.booking(booking, scope: scope) else {
                return counted(.refused(.unknownBooking))
            }
            let outcome = try await move(
                found, to: moves, version: version ?? found.version, by: party, scope: scope, key: key,
                fingerprint: digest)
            if case .refused(.changedMeanwhile) = outcome {
                if version == nil { continue }
                let present = try await self.booking(booking, scope: scope)
                return counted(.refused(.changedMeanwhile(version: present?.version ?? found.version)))
            }
            return outcome
        }
        return counted(.refused(.changedMeanwhile(version: 0)))
    }

    private func move(
        _ booking: Booking, to moves: [Move], version: Int64, by party: Party, scope: TenantScope,
        key: IdempotencyKey, fingerprint: Bytes
    ) async throws(ReservationError) -> Outcome {
        guard moves.count == booking.steps.count else {
            return counted(.refused(.invalidVisit("the booking has \(booking.steps.count) steps, not \(moves.count)")))
        }
        let steps = zip(booking.steps, moves).map { Visit.Step(service: $0.service, staff: $1.staff, start: $1.start) }
        let window = try await window(of: booking, party: party, scope: scope)
        return try await planned(
            in: booking.salon, services: steps.map(\.service), scope: scope, key: key, fingerprint: fingerprint
        ) {
            (roster, now) throws(PlanningRefusal) in
            var plans = Plans()
            for way in try Planner(roster: roster, now: now).ways(steps) {
                plans.add(way.map { (number: 0, step: $0) })
            }
            return """
                SELECT reschedule_booking(\(key.text), \(fingerprint), true, \(booking.id.rawValue), \(version),
                    \(roster.salon.rawValue), \(roster.revision), \(nullable: window?.latest), \(roster.day(of: steps[0].start)),
                    \(plans.plans), \(plans.persons), \(plans.services), \(plans.ranges), \(plans.starts),
                    \(plans.ends), \(plans.amounts), \(plans.currencies), \(plans.deadlines))
                """
        } onTaken: { roster throws(ReservationError) in
            .slotTaken(alternatives: try await self.alternatives(to: steps, roster: roster, scope: scope))
        }
    }

    /// Until when this party may change a booking; nil when it always may.
    private func window(
        of booking: Booking, party: Party, scope: TenantScope
    ) async throws(ReservationError) -> (latest: Date, minutes: Int)? {
        guard party == .customer, booking.status == .booked else { return nil }
        var isFresh = false
        guard let roster = try await roster(of: booking.salon, scope: scope, isFresh: &isFresh) else { return nil }
        return (booking.start - Double(roster.cancellationWindow * 60), roster.cancellationWindow)
    }
}
