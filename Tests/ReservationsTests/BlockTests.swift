import Calendars
import Foundation
import Harness
import OpeningHours
import Postgres
import Reservations
import Scheduling
import Testing

struct BlockTests {
    @Test func `blocked time cannot be booked until it is given back`() async throws {
        let world = try await World()
        let lunch = (0..<3).map { TestClock.at(12, day: 5 + $0)..<TestClock.at(13, day: 5 + $0) }
        guard
            case .done(let ids) = try await world.blocks.block(
                world.anna, in: world.salon, during: lunch, kind: .block, label: "Frokost")
        else {
            Issue.record("free time could not be blocked")
            return
        }
        let visit = world.visit(by: world.anna, at: TestClock.at(12, day: 6))
        #expect(try await world.book(visit).booking == nil)
        #expect(try await world.blocks.unblock(ids) == 3)
        #expect(try await world.blocks.unblock(ids) == 0)
        #expect(try await world.book(visit).booking != nil)
    }

    @Test func `time off is refused whole where customers are expected`() async throws {
        let world = try await World()
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(10, day: 6))).booking != nil)
        let days = (5...7).map { TestClock.at(0, day: $0)..<TestClock.at(0, day: $0 + 1) }
        let outcome = try await world.blocks.block(world.anna, in: world.salon, during: days, kind: .timeOff)
        #expect(outcome == .taken([1]))
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking != nil)
    }

    @Test func `each change raises the epoch or the revision, and tells of it`() async throws {
        let world = try await World()
        var epoch = try await world.epoch(of: world.anna)
        func raised(_ what: String) async throws {
            let now = try await world.epoch(of: world.anna)
            #expect(now > epoch, "\(what) did not raise the epoch")
            let told = try await world.store.owner { connection in
                try connection.query(
                    """
                    SELECT count(*) FROM outbox WHERE kind = 'availability.changed' AND revision = \(now)
                        AND subject = \(world.anna.rawValue)
                    """)[0].decode(Int.self)
            }
            #expect(told == 1, "\(what) was not told of")
            epoch = now
        }
        let booking = try #require(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking)
        try await raised("booking")
        _ = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: TestClock.at(11))], version: nil,
            scope: world.scope, key: .fresh())
        try await raised("moving")
        _ = try await world.reservations.cancel(booking.id, scope: world.scope, key: .fresh())
        try await raised("cancelling")
        guard
            case .done(let ids) = try await world.blocks.block(
                world.anna, in: world.salon, during: [TestClock.at(12)..<TestClock.at(13)], kind: .block)
        else { return }
        try await raised("blocking")
        _ = try await world.blocks.unblock(ids)
        try await raised("unblocking")
        let day = CivilDay(of: TestClock.at(12), in: .copenhagen)
        _ = try await world.editor.add(
            ScheduleException(staff: world.anna, kind: .closed, first: day, last: day), in: world.salon)
        try await raised("an exception")
        #expect(
            try await world.book(world.visit(by: world.anna, at: TestClock.at(12))).refusal
                == .rule(step: 0, .outsideWorkingTime))
        try await world.editor.open(world.salon, isClosedOnHolidays: true)
        try await raised("a setting")
    }
}
