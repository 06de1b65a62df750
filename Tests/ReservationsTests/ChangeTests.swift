import Foundation
import Postgres
import Scheduling
import Testing

@testable import Reservations

struct ChangeTests {
    @Test func `cancelling frees the time, once`() async throws {
        let world = try await World()
        let visit = world.visit(by: world.anna, at: world.at(10))
        let booking = try #require(try await world.book(visit).booking)
        let key = IdempotencyKey.fresh()
        let cancelled = try await world.reservations.cancel(
            booking.id, by: .customer, scope: world.scope, key: key)
        #expect(cancelled.booking?.status == .cancelled)
        #expect(cancelled.booking?.version == 2)
        let again = try await world.reservations.cancel(booking.id, by: .customer, scope: world.scope, key: key)
        #expect(again.booking == cancelled.booking)
        let other = try await world.reservations.cancel(
            booking.id, by: .customer, scope: world.scope, key: .fresh())
        #expect(other.refusal == .ended)
        #expect(try await world.book(visit).booking != nil)
    }

    @Test func `a customer cancels and moves within the window, the salon at any time`() async throws {
        let world = try await World(cancellationWindow: 24 * 60)
        let soon = try #require(try await world.book(world.visit(by: world.anna, at: world.at(16, day: 2))).booking)
        // The window is the database's clock's to judge, so the booking is moved, not the clock.
        try await world.owner { connection in
            let shift = "\(soon.start.timeIntervalSince(Date() + 3_600)) seconds"
            try connection.execute(
                """
                UPDATE occupancy SET starts_at = starts_at - \(shift)::text::interval,
                    ends_at = ends_at - \(shift)::text::interval
                """)
        }
        let cancelled = try await world.reservations.cancel(
            soon.id, by: .customer, scope: world.scope, key: .fresh())
        #expect(cancelled.refusal == .tooLate(window: 24 * 60))
        let moved = try await world.reservations.reschedule(
            soon.id, to: [.init(start: world.at(12))], version: nil, by: .customer, scope: world.scope, key: .fresh())
        #expect(moved.refusal == .tooLate(window: 24 * 60))
        let bySalon = try await world.reservations.cancel(soon.id, by: .salon, scope: world.scope, key: .fresh())
        #expect(bySalon.booking?.status == .cancelled)
    }

    @Test func `moving frees the old time and takes the new, also where they overlap`() async throws {
        let world = try await World()
        let booking = try #require(
            try await world.book(world.visit(world.colour, by: world.anna, at: world.at(10))).booking)
        let moved = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: world.at(10, 30))], version: 1, by: .customer,
            scope: world.scope, key: .fresh())
        #expect(moved.booking?.start == world.at(10, 30))
        #expect(moved.booking?.version == 2)
        #expect(try await world.book(world.visit(by: world.anna, at: world.at(10))).booking != nil)
        let stale = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: world.at(14))], version: 1, by: .customer,
            scope: world.scope, key: .fresh())
        #expect(stale.refusal == .changedMeanwhile(version: 2))
        let taken = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: world.at(9, 45))], version: 2, by: .customer,
            scope: world.scope, key: .fresh())
        guard case .slotTaken = taken.refusal else {
            Issue.record("moved onto another booking: \(taken)")
            return
        }
        #expect(try await world.overlaps() == 0)
    }

    @Test func `two steps may move past each other`() async throws {
        let world = try await World()
        let visit = Visit(
            salon: world.salon,
            steps: [
                Visit.Step(service: world.cut, staff: world.anna, start: world.at(10)),
                Visit.Step(service: world.cut, staff: world.anna, start: world.at(10, 30)),
            ])
        let booking = try #require(try await world.book(visit).booking)
        let moved = try await world.reservations.reschedule(
            booking.id,
            to: [.init(staff: world.anna, start: world.at(10, 30)), .init(staff: world.anna, start: world.at(10))],
            version: nil, by: .salon, scope: world.scope, key: .fresh())
        #expect(moved.booking?.steps.map(\.start) == [world.at(10, 30), world.at(10)])
        #expect(world.reservations.statistics.backstopHits == 0)
    }

    @Test func `another tenant finds no booking of this one`() async throws {
        let world = try await World()
        let booking = try #require(try await world.book(world.visit(by: world.anna, at: world.at(10))).booking)
        let other = try await World.tenant("second", world.database)
        #expect(try await world.reservations.booking(booking.id, scope: other) == nil)
        let cancelled = try await world.reservations.cancel(booking.id, by: .salon, scope: other, key: .fresh())
        #expect(cancelled.refusal == .unknownBooking)
        let there = try await world.reservations.book(
            world.visit(by: world.anna, at: world.at(12)), customer: try World.customer(), scope: other, key: .fresh())
        #expect(there.refusal == .unknownSalon)
        #expect(try await world.reservations.scope(ofBooking: booking.id) == world.scope)
        #expect(try await world.reservations.scope(ofBooking: BookingID(UUID())) == nil)
        #expect(try await world.reservations.scope(forBookingIn: world.salon) == world.scope)
    }

    @Test func `forgets a customer and keeps the booking`() async throws {
        let world = try await World()
        let first = try #require(try await world.book(world.visit(by: world.anna, at: world.at(10))).booking)
        let second = try #require(try await world.book(world.visit(by: world.bo, at: world.at(10))).booking)
        #expect(try await world.reservations.eraseCustomer(of: first.id, scope: world.scope))
        #expect(try await world.reservations.eraseCustomer(of: first.id, scope: world.scope) == false)
        #expect(try await world.reservations.eraseCustomers(email: "kunde@example.com", scope: world.scope) == 1)
        let left = try await world.owner { connection in
            try connection.query(
                """
                SELECT count(*) FROM booking WHERE customer_name IS NOT NULL OR customer_email IS NOT NULL
                    OR customer_phone IS NOT NULL
                """)[0].decode(Int.self)
        }
        #expect(left == 0)
        #expect(try await world.reservations.booking(second.id, scope: world.scope)?.status == .booked)
    }

    @Test(arguments: ["REPEATABLE READ", "SERIALIZABLE"])
    func `the functions refuse any level but READ COMMITTED`(level: String) async throws {
        let world = try await World()
        let code = try await world.owner { connection -> SQLState? in
            try connection.executeScript(unsafe: "BEGIN ISOLATION LEVEL \(level)")
            do {
                _ = try connection.query("SELECT cancel_booking('k', '', gen_random_uuid(), 1, NULL)")
                return nil
            } catch let error as PostgresError {
                return error.code
            }
        }
        #expect(code == SQLState(rawValue: "25000"))
    }
}
