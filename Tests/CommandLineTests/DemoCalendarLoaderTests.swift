import Calendars
import DemoData
import Foundation
import OpeningHours
import Reservations
import Salons
import Scheduling
import Testing

@testable import salons

struct `Loading invented calendars` {
    @Test func `fills each salon once, and anew when what was made up is over, around what is real`() async throws {
        let count = 130
        let world = try await DemoWorld(salons: count)
        let first = try await world.load()
        #expect(first.calendars == count && first.filled == count && first.entries > count)
        let live = "SELECT count(*) FROM occupancy WHERE live"
        #expect(try await world.sql(live) == "\(first.entries)")
        #expect(try await world.sql("SELECT count(*) FROM calendar WHERE is_invented") == "\(count)")
        let named = "customer_name LIKE 'Demo kunde %' AND customer_email IS NULL AND customer_phone IS NULL"
        #expect(try await world.sql("SELECT bool_and(\(named)) FROM booking") == "t")

        let second = try await world.load()
        #expect(second.calendars == 0 && second.entries == 0)
        #expect(try await world.sql(live) == "\(first.entries)")

        // A month has passed, and somebody has booked since.
        try await world.sql(
            """
            UPDATE occupancy SET starts_at = starts_at - interval '30 days', ends_at = ends_at - interval '30 days',
                during = tstzrange(lower(during) - interval '30 days', upper(during) - interval '30 days')
            """)
        let real = try await Self.book(world)
        let third = try await world.load()
        #expect(third.calendars == 0 && third.filled == count && third.entries > first.entries / 2)
        let status = try await world.graph.reservations.booking(real.id, scope: world.scope)?.status
        #expect(status == .booked)
        let overlaps = """
            SELECT count(*) FROM occupancy a JOIN occupancy b ON a.staff_id = b.staff_id
                AND a.occupancy_id < b.occupancy_id AND a.during && b.during WHERE a.live AND b.live
            """
        #expect(try await world.sql(overlaps) == "0")
        // Readers are told: each person's epoch has an event that tells of it.
        let untold = """
            SELECT count(*) FROM staff f WHERE NOT EXISTS (SELECT FROM outbox o WHERE o.subject = f.staff_id
                AND o.kind = 'availability.changed' AND o.revision = f.availability_epoch)
            """
        #expect(try await world.sql(untold) == "0")
        await world.graph.close()
    }

    /// Books what the generator would make up next.
    private static func book(_ world: DemoWorld) async throws -> Booking {
        let now = Date()
        for salon in try await world.salons() {
            guard let roster = try await world.graph.calendars.rosters(of: [salon.id], scope: world.scope)[salon.id]
            else { continue }
            let diary = DemoCalendarGenerator(seed: 1).diary(
                of: roster, reference: salon.profile.source, from: CivilDay(of: now, in: roster.zone))
            guard let next = diary.bookings.first(where: { $0.step.deadline > now + 3_600 })?.step else { continue }
            let visit = Visit(
                salon: salon.id, steps: [.init(service: next.service, staff: next.staff, start: next.start)])
            let outcome = try await world.graph.reservations.book(
                visit, customer: Customer(name: "Eva", email: "eva@example.com", phone: nil), scope: world.scope,
                key: .fresh())
            return try #require(outcome.booking)
        }
        throw CommandError("nothing would be made up")
    }
}
