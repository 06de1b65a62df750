import Foundation
import Harness
import Postgres
import Scheduling
import Testing

@testable import Reservations

struct HoldTests {
    @Test func `a hold keeps others out and becomes a booking`() async throws {
        let world = try await World()
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        let hold = try #require(
            try await world.reservations.hold(visit, scope: world.scope, key: .fresh()).booking)
        #expect(hold.status == .held)
        #expect(try #require(hold.expires) > Date() + 200)
        #expect(try await world.book(visit).booking == nil)
        let key = IdempotencyKey.fresh()
        let booked = try #require(
            try await world.reservations.confirm(hold.id, customer: try World.customer(), scope: world.scope, key: key)
                .booking)
        #expect(booked.id == hold.id)
        #expect(booked.status == .booked)
        #expect(booked.expires == nil)
        let again = try await world.reservations.confirm(
            hold.id, customer: try World.customer(), scope: world.scope, key: key)
        #expect(again.booking == booked)
        let other = try await world.reservations.confirm(
            hold.id, customer: try World.customer(), scope: world.scope, key: .fresh())
        #expect(other.refusal == .alreadyBooked)
    }

    @Test func `a hold that is over cannot be confirmed, and gives its time to who asks`() async throws {
        let world = try await World()
        let visit = world.visit(by: world.anna, at: TestClock.at(10))
        let hold = try #require(
            try await world.reservations.hold(visit, lasting: .milliseconds(1), scope: world.scope, key: .fresh())
                .booking)
        try await Task.sleep(for: .milliseconds(20))
        let late = try await world.reservations.confirm(
            hold.id, customer: try World.customer(), scope: world.scope, key: .fresh())
        #expect(late.refusal == .holdExpired)
        #expect(try await world.book(visit).booking != nil)
        #expect(try await world.reservations.booking(hold.id, scope: world.scope)?.status == .expired)
        #expect(world.reservations.statistics.backstopHits == 0)
    }

    @Test func `the sweeper ends what is over and leaves what is not`() async throws {
        let world = try await World()
        let short = try #require(
            try await world.reservations.hold(
                world.visit(by: world.anna, at: TestClock.at(10)), lasting: .milliseconds(1), scope: world.scope,
                key: .fresh()
            ).booking)
        let long = try #require(
            try await world.reservations.hold(
                world.visit(by: world.anna, at: TestClock.at(12)), scope: world.scope, key: .fresh()
            ).booking)
        let epoch = try await world.epoch(of: world.anna)
        try await Task.sleep(for: .milliseconds(20))
        #expect(try await HoldSweeper(world.database).sweep() == 1)
        #expect(try await world.reservations.booking(short.id, scope: world.scope)?.status == .expired)
        #expect(try await world.reservations.booking(long.id, scope: world.scope)?.status == .held)
        #expect(try await world.epoch(of: world.anna) == epoch + 1)
    }
}

extension World {
    func epoch(of staff: StaffID) async throws -> Int64 {
        try await store.owner { connection in
            try connection.query(
                "SELECT availability_epoch FROM staff WHERE staff_id = \(staff.rawValue) LIMIT 1")[0].decode(Int64.self)
        }
    }
}
