import Calendars
import Foundation
import Harness
import Postgres
import Scheduling
import Tenancy
import Testing

@testable import Reservations

struct ChangeTests {
    @Test func `cancelling frees the time, once`() async throws {
        let world = try await World()
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        let booking = try #require(try await world.book(visit).booking)
        let key = IdempotencyKey.fresh()
        let cancelled = try await world.reservations.cancel(
            booking.id, scope: world.scope.asCustomer, key: key)
        #expect(cancelled.booking?.status == .cancelled)
        #expect(cancelled.booking?.version == 2)
        let again = try await world.reservations.cancel(booking.id, scope: world.scope.asCustomer, key: key)
        #expect(again.booking == cancelled.booking)
        let other = try await world.reservations.cancel(
            booking.id, scope: world.scope.asCustomer, key: .fresh())
        #expect(other.refusal == .ended)
        #expect(try await world.book(visit).booking != nil)
    }

    @Test func `a customer cancels and moves within the window, the salon at any time`() async throws {
        let world = try await World(.with { $0.cancellationWindow = 24 * 60 })
        let soon = try #require(try await world.book(world.visit(by: world.anna, at: TestClock.at(16, day: 2))).booking)
        // The window is the database's clock's to judge, so the booking is moved, not the clock.
        try await world.store.owner { connection in
            let shift = "\(soon.start.timeIntervalSince(Date() + 3_600)) seconds"
            try connection.execute(
                """
                UPDATE occupancy SET starts_at = starts_at - \(shift)::text::interval,
                    ends_at = ends_at - \(shift)::text::interval
                """)
        }
        let cancelled = try await world.reservations.cancel(
            soon.id, scope: world.scope.asCustomer, key: .fresh())
        #expect(cancelled.refusal == .tooLate(window: 24 * 60))
        let moved = try await world.reservations.reschedule(
            soon.id, to: [.init(start: TestClock.at(12))], version: nil, scope: world.scope.asCustomer, key: .fresh())
        #expect(moved.refusal == .tooLate(window: 24 * 60))
        let bySalon = try await world.reservations.cancel(soon.id, scope: world.scope, key: .fresh())
        #expect(bySalon.booking?.status == .cancelled)
    }

    @Test func `a changed cancellation window holds at once, for every instance`() async throws {
        let world = try await World()
        let other = Reservations(world.database, logger: .silent)
        let booking = try #require(
            try await world.book(world.visit(by: world.anna, at: TestClock.at(10, day: 2))).booking)
        let customer = world.scope.asCustomer
        // Both have the roster in memory.
        for reservations in [world.reservations, other] {
            _ = try await reservations.book(
                world.visit(by: world.bo, at: TestClock.at(10, day: 2)), customer: try World.customer(),
                scope: customer,
                key: .fresh())
        }
        let days = 30 * 1_440
        try await world.editor.open(world.salon, isClosedOnHolidays: false, cancellationWindow: days)
        for reservations in [world.reservations, other] {
            let moved = try await reservations.reschedule(
                booking.id, to: [.init(staff: world.anna, start: TestClock.at(12))], version: nil, scope: customer,
                key: .fresh())
            #expect(moved.refusal == .tooLate(window: days))
            let cancelled = try await reservations.cancel(booking.id, scope: customer, key: .fresh())
            #expect(cancelled.refusal == .tooLate(window: days))
        }
        // And when it is opened again, what was refused stays so under its key.
        let key = IdempotencyKey.fresh()
        _ = try await other.cancel(booking.id, scope: customer, key: key)
        try await world.editor.open(world.salon, isClosedOnHolidays: false, cancellationWindow: 0)
        let again = try await other.cancel(booking.id, scope: customer, key: key)
        #expect(again.refusal == .tooLate(window: days))
        #expect(try await other.cancel(booking.id, scope: customer, key: .fresh()).booking?.status == .cancelled)
    }

    @Test func `a move to the same place changes nothing`() async throws {
        let world = try await World()
        let booking = try #require(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking)
        func events() async throws -> Int {
            try await world.store.owner { connection in
                try connection.query("SELECT count(*) FROM outbox")[0].decode(Int.self)
            }
        }
        let before = try await events()
        let key = IdempotencyKey.fresh()
        for staff in [world.anna, nil] {
            let moved = try await world.reservations.reschedule(
                booking.id, to: [.init(staff: staff, start: TestClock.at(10))], version: 1,
                scope: world.scope.asCustomer, key: staff == nil ? .fresh() : key)
            #expect(moved.booking == booking)
        }
        #expect(try await events() == before)
        // The key remembers, also when the booking is elsewhere by then.
        let away = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: TestClock.at(12))], version: 1, scope: world.scope,
            key: .fresh())
        #expect(away.booking?.version == 2)
        let again = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: TestClock.at(10))], version: 1, scope: world.scope,
            key: key)
        #expect(again.booking == booking)
        // What is not so any more is no move to the same place.
        let stale = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: TestClock.at(12))], version: 1, scope: world.scope,
            key: .fresh())
        #expect(stale.refusal == .changedMeanwhile(version: 2))
    }

    @Test func `no rule is asked about a move to the same place`() async throws {
        let world = try await World()
        let booking = try #require(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking)
        // Nobody works at ten any more, but what is booked is booked.
        let later = (1...7).map { WorkingHours(weekday: $0, start: 11 * 60, end: 17 * 60) }
        let skills = [world.cut: Skill()]
        try await world.editor.put(
            StaffMember(id: world.anna, name: "Anna", epoch: 0, skills: skills, hours: later), in: world.salon)
        let stayed = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: TestClock.at(10))], version: nil, scope: world.scope,
            key: .fresh())
        #expect(stayed.booking == booking)
    }

    @Test func `moving frees the old time and takes the new, also where they overlap`() async throws {
        let world = try await World()
        let booking = try #require(
            try await world.book(world.visit(world.colour, by: world.anna, at: TestClock.at(10))).booking)
        let moved = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: TestClock.at(10, 30))], version: 1,
            scope: world.scope.asCustomer, key: .fresh())
        #expect(moved.booking?.start == TestClock.at(10, 30))
        #expect(moved.booking?.version == 2)
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking != nil)
        let stale = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: TestClock.at(14))], version: 1,
            scope: world.scope.asCustomer, key: .fresh())
        #expect(stale.refusal == .changedMeanwhile(version: 2))
        let taken = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: TestClock.at(9, 45))], version: 2,
            scope: world.scope.asCustomer, key: .fresh())
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
                Visit.Step(service: world.cut, staff: world.anna, start: TestClock.at(10)),
                Visit.Step(service: world.cut, staff: world.anna, start: TestClock.at(10, 30)),
            ])
        let booking = try #require(try await world.book(visit).booking)
        let moved = try await world.reservations.reschedule(
            booking.id,
            to: [
                .init(staff: world.anna, start: TestClock.at(10, 30)),
                .init(staff: world.anna, start: TestClock.at(10)),
            ],
            version: nil, scope: world.scope, key: .fresh())
        #expect(moved.booking?.steps.map(\.start) == [TestClock.at(10, 30), TestClock.at(10)])
        #expect(world.reservations.statistics.backstopHits == 0)
    }

    @Test func `another tenant finds no booking of this one`() async throws {
        let world = try await World()
        let booking = try #require(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking)
        let other = try await world.store.tenant("second")
        #expect(try await world.reservations.booking(booking.id, scope: other) == nil)
        let cancelled = try await world.reservations.cancel(booking.id, scope: other, key: .fresh())
        #expect(cancelled.refusal == .unknownBooking)
        let there = try await world.reservations.book(
            world.visit(by: world.anna, at: TestClock.at(12)), customer: try World.customer(), scope: other,
            key: .fresh())
        #expect(there.refusal == .unknownSalon)
        #expect(try await world.reservations.scope(ofBooking: booking.id) == world.scope.asCustomer)
        #expect(try await world.reservations.scope(ofBooking: BookingID(UUID())) == nil)
        #expect(try await world.reservations.scope(forBookingIn: world.salon) == world.scope.asCustomer)
    }

    @Test func `forgets a customer and keeps the booking`() async throws {
        let world = try await World()
        let first = try #require(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking)
        let second = try #require(try await world.book(world.visit(by: world.bo, at: TestClock.at(10))).booking)
        #expect(try await world.reservations.eraseCustomer(of: first.id, scope: world.scope))
        #expect(try await world.reservations.eraseCustomer(of: first.id, scope: world.scope) == false)
        #expect(try await world.reservations.eraseCustomers(email: "kunde@example.com", scope: world.scope) == 1)
        let left = try await world.store.owner { connection in
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
        let code = try await world.store.owner { connection -> SQLState? in
            try connection.executeScript(unsafe: "BEGIN ISOLATION LEVEL \(level)")
            do {
                _ = try connection.query("SELECT cancel_booking('k', '', gen_random_uuid())")
                return nil
            } catch let error as PostgresError {
                return error.code
            }
        }
        #expect(code == SQLState(rawValue: "25000"))
    }
}
