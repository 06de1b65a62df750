import Calendars
import Catalogue
import Foundation
import Harness
import Postgres
import Salons
import Scheduling
import Tenancy
import Testing

@testable import Reservations

/// Customers, however they come, take time in published salons only; the tenant itself in all of its own.
struct PublicationTests {
    private static func status(_ status: SalonStatus, _ world: World) async throws {
        _ = try await SalonRepository(world.database, scope: world.scope).setStatus(status, of: world.salon)
    }

    @Test(arguments: [SalonStatus.draft, .closed])
    func `a customer takes no time in a salon that is not published`(status: SalonStatus) async throws {
        let world = try await World()
        let customer = world.scope.asCustomer
        let (reservations, person) = (world.reservations, try World.customer())
        let booking = try #require(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking)
        let hold = try #require(
            try await reservations.hold(
                world.visit(by: world.anna, at: TestClock.at(12)), scope: customer, key: .fresh()
            ).booking)
        let scope = try #require(try await reservations.scope(forBookingIn: world.salon))
        try await Self.status(status, world)
        for start in [TestClock.at(14), TestClock.at(10)] {
            for staff in [world.bo, nil] {
                let visit = world.visit(by: staff, at: start)
                for scope in [customer, scope] {
                    let booked = try await reservations.book(visit, customer: person, scope: scope, key: .fresh())
                    #expect(booked.refusal == .unknownSalon)
                    let held = try await reservations.hold(visit, scope: scope, key: .fresh())
                    #expect(held.refusal == .unknownSalon)
                }
            }
        }
        let series = try await reservations.bookSeries(
            Visit.Step(service: world.cut, staff: world.bo, start: TestClock.at(14)),
            recurrence: Recurrence(everyWeeks: 1, count: 2)!, in: world.salon, customer: person, scope: customer,
            key: .fresh())
        #expect(series.refusal == .unknownSalon)
        let moved = try await reservations.reschedule(
            booking.id, to: [.init(staff: world.anna, start: TestClock.at(15))], version: nil, scope: customer,
            key: .fresh())
        #expect(moved.refusal == .unknownSalon)
        let confirmed = try await reservations.confirm(hold.id, customer: person, scope: customer, key: .fresh())
        #expect(confirmed.refusal == .unknownSalon)
        #expect(try await CalendarReader(world.database).rosters(of: [world.salon], scope: customer).isEmpty)
        // What is there can be seen and given back.
        #expect(try await reservations.booking(booking.id, scope: customer) == booking)
        for id in [booking.id, hold.id] {
            let cancelled = try await reservations.cancel(id, scope: customer, key: .fresh())
            #expect(cancelled.booking?.status == .cancelled)
        }
    }

    @Test(arguments: [SalonStatus.draft, .closed])
    func `the tenant itself books and moves in all of its salons`(status: SalonStatus) async throws {
        let world = try await World()
        try await Self.status(status, world)
        let booked = try await world.book(world.visit(by: world.anna, at: TestClock.at(10)))
        let booking = try #require(booked.booking)
        #expect(booking.zone?.identifier == "Europe/Copenhagen")
        let moved = try await world.reservations.reschedule(
            booking.id, to: [.init(staff: world.bo, start: TestClock.at(11))], version: nil, scope: world.scope,
            key: .fresh())
        #expect(moved.booking?.version == 2)
    }

    @Test func `the database itself refuses, whatever the caller believes`() async throws {
        let world = try await World()
        let roster = try #require(
            try await CalendarReader(world.database).rosters(of: [world.salon], scope: world.scope)[world.salon])
        try await Self.status(.closed, world)
        let (start, salon, tenant) = (TestClock.at(10), world.salon.rawValue, world.scope.tenant!.description)
        let (anna, cut) = (world.anna.rawValue, world.cut.rawValue)
        func reserve(as actor: String, revision: Int64) async throws -> String {
            try await world.store.owner { connection in
                let settings = [
                    LocalSetting(name: "app.tenant_id", value: tenant), LocalSetting(name: "app.actor", value: actor),
                ]
                let during = TimestampRange(start..<start + 1_800)
                return try connection.exchange(
                    """
                    SELECT reserve(\(UUID().uuidString), '\\x00', true, \(salon), \(revision), NULL, NULL,
                        ARRAY[gen_random_uuid()], NULL, ARRAY[0], ARRAY[0], \([anna]), \([cut]), \([during]),
                        \([start]), \([start + 1_800]), ARRAY[NULL::integer], ARRAY[NULL::text], \([start]), 'K',
                        'k@example.com', NULL) ->> 'outcome'
                    """, role: "salons_tenant", settings: settings)[0].decode(String.self)
            }
        }
        // The change of the status raised the revision, which is why a roster in memory does no harm.
        #expect(try await reserve(as: "customer", revision: roster.revision + 1) == "unknown-salon")
        #expect(try await reserve(as: "", revision: roster.revision + 1) == "unknown-salon")
        #expect(try await reserve(as: "operator", revision: roster.revision) == "calendar-changed")
        #expect(try await reserve(as: "operator", revision: roster.revision + 1) == "ok")
    }
}
