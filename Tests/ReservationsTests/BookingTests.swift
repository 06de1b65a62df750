import Calendars
import Foundation
import Harness
import Scheduling
import Testing

@testable import Reservations

struct BookingTests {
    @Test func `books, and offers the second customer three live alternatives`() async throws {
        let world = try await World()
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        let first = try #require(try await world.book(visit).booking)
        #expect(first.status == .booked)
        #expect(first.steps.map(\.staff) == [world.anna])
        #expect(first.steps[0].end == TestClock.at(10, 30))
        #expect(first.steps[0].price == Price(amount: 34_900, currency: "DKK"))

        guard case .slotTaken(let alternatives, _) = try await world.book(visit).refusal else {
            Issue.record("the slot was given twice")
            return
        }
        #expect(alternatives.count == 3)
        for offer in alternatives {
            let other = world.visit(by: offer.staff, at: offer.start)
            let booking = try await world.book(other).booking
            #expect(booking != nil, "an alternative could not be booked: \(offer)")
            // Alternatives may overlap each other; each by itself must be free.
            if let booking {
                _ = try await world.reservations.cancel(booking.id, scope: world.scope, key: .fresh())
            }
        }
        #expect(world.reservations.statistics.backstopHits == 0)
    }

    @Test func `books what ends exactly when another begins, and nothing closer`() async throws {
        let world = try await World()
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking != nil)
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(10, 30))).booking != nil)
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(9, 30))).booking != nil)
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(10, 15))).booking == nil)
        // An hour of colour and a quarter after it.
        #expect(try await world.book(world.visit(world.colour, by: world.bo, at: TestClock.at(12))).booking != nil)
        #expect(try await world.book(world.visit(by: world.bo, at: TestClock.at(13))).booking == nil)
        #expect(try await world.book(world.visit(by: world.bo, at: TestClock.at(13, 15))).booking != nil)
    }

    @Test func `one key has one effect`() async throws {
        let world = try await World()
        let key = IdempotencyKey.fresh()
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        let first = try #require(try await world.book(visit, key: key).booking)
        guard case .done(let again, let isReplay) = try await world.book(visit, key: key) else {
            Issue.record("the same request was refused")
            return
        }
        #expect(isReplay)
        #expect(again == [first])
        let other = try await world.book(world.visit(by: world.anna, at: TestClock.at(11)), key: key)
        #expect(other.refusal == .keyReused)
        let otherCustomer = try await world.book(visit, key: key, customer: try World.customer("En anden"))
        #expect(otherCustomer.refusal == .keyReused)
    }

    @Test func `a refusal is an answer too, and stays with its key`() async throws {
        let world = try await World()
        let taken = try #require(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking)
        let key = IdempotencyKey.fresh()
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        #expect(try await world.book(visit, key: key).booking == nil)
        _ = try await world.reservations.cancel(taken.id, scope: world.scope, key: .fresh())
        #expect(try await world.book(visit, key: key).booking == nil)
        #expect(try await world.book(visit).booking != nil)
    }

    @Test func `twins at the same time make one booking`() async throws {
        let world = try await World()
        for round in 0..<10 {
            let key = IdempotencyKey.fresh()
            let visit = world.visit(by: world.anna, at: TestClock.at(9, 30 * (round % 2), day: 5 + round))
            let bookings = try await withThrowingTaskGroup(of: Outcome.self) { group in
                for _ in 0..<4 { group.addTask { try await world.book(visit, key: key) } }
                return try await group.reduce(into: [Booking?]()) { $0.append($1.booking) }
            }
            #expect(Set(bookings.map { $0?.id }).count == 1)
            #expect(bookings.allSatisfy { $0 != nil })
        }
    }

    @Test func `many customers who want one slot get it once`() async throws {
        let world = try await World()
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        let won = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 { group.addTask { try await world.book(visit).booking != nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(won == 1)
        #expect(try await world.overlaps() == 0)
        #expect(world.reservations.statistics.backstopHits == 0)
        #expect(world.reservations.statistics.deadlocks == 0)
    }

    @Test func `a request that was carried out is answered so even when a rule forbids it by now`() async throws {
        let world = try await World()
        let key = IdempotencyKey.fresh()
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        let first = try #require(try await world.book(visit, key: key).booking)
        let later = Reservations(world.database, logger: .silent, now: { TestClock.at(12) })
        let again = try await later.book(visit, customer: try World.customer(), scope: world.scope, key: key)
        #expect(again.booking == first)
    }

    @Test func `says which rule a wish breaks`() async throws {
        let world = try await World()
        func refusal(_ visit: Visit) async throws -> Refusal? { try await world.book(visit).refusal }
        #expect(
            try await refusal(world.visit(by: world.anna, at: TestClock.at(8))) == .rule(step: 0, .outsideWorkingTime))
        #expect(try await refusal(world.visit(by: world.anna, at: TestClock.at(10, 5))) == .rule(step: 0, .offStep(15)))
        #expect(
            try await refusal(world.visit(world.colour, by: world.carl, at: TestClock.at(10)))
                == .rule(step: 0, .notQualified))
        #expect(
            try await refusal(world.visit(ServiceID(UUID()), by: world.carl, at: TestClock.at(10)))
                == .rule(step: 0, .unknownService))
        #expect(
            try await refusal(world.visit(by: StaffID(UUID()), at: TestClock.at(10))) == .rule(step: 0, .unknownStaff))
        #expect(
            try await refusal(world.visit(by: world.anna, at: TestClock.at(10, day: -1)))
                == .rule(step: 0, .tooSoon(minimumNotice: 0)))
        #expect(
            try await refusal(world.visit(by: world.anna, at: TestClock.at(10, day: 200)))
                == .rule(step: 0, .tooLate(horizon: 90)))
    }

    @Test func `takes in a change of the calendar that another process made`() async throws {
        let world = try await World()
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking != nil)
        // The roster is in the process now; from here on Anna works in the evening.
        let evening = (1...7).map { WorkingHours(weekday: $0, start: 18 * 60, end: 20 * 60) }
        try await world.editor.put(
            StaffMember(id: world.anna, name: "Anna", epoch: 0, skills: [world.cut: Skill()], hours: evening),
            in: world.salon)
        #expect(
            try await world.book(world.visit(by: world.anna, at: TestClock.at(11))).refusal
                == .rule(step: 0, .outsideWorkingTime))
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(18))).booking != nil)
    }
}
