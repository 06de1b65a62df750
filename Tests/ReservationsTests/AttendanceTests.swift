import Events
import Foundation
import Harness
import Postgres
import Reservations
import Scheduling
import Tenancy
import Testing

/// What the salon says of whether its customers were there.
struct AttendanceTests {
    private static func booked(_ world: World) async throws -> Booking {
        try #require(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking)
    }

    /// Lets a booking have begun some time ago, as if the clock had been moved.
    private static func shift(_ world: World, _ booking: Booking, _ interval: String) async throws {
        let id = booking.id.rawValue
        try await world.store.owner { connection in
            _ = try connection.execute(
                """
                UPDATE occupancy SET starts_at = now() - \(interval)::interval,
                    ends_at = now() - \(interval)::interval + (ends_at - starts_at),
                    during = tstzrange(now() - \(interval)::interval,
                        now() - \(interval)::interval + (upper(during) - lower(during)))
                WHERE booking_id = \(id)
                """)
        }
    }

    private static func mark(
        _ world: World, _ booking: Booking, wasThere: Bool, version: Int64? = nil, key: IdempotencyKey = .fresh()
    ) async throws -> AttendanceOutcome {
        try await world.reservations.markAttendance(
            of: booking.id, wasThere: wasThere, version: version, scope: world.scope, key: key)
    }

    private static func status(_ outcome: AttendanceOutcome) -> Booking.Status? {
        if case .done(let booking) = outcome { booking.status } else { nil }
    }

    @Test func `from its begin on the salon says it, and corrects it, each time a version`() async throws {
        let world = try await World()
        let booking = try await Self.booked(world)
        #expect(try await Self.mark(world, booking, wasThere: true) == .refused(.notBegun))
        try await Self.shift(world, booking, "10 minutes")
        let key = IdempotencyKey.fresh()
        let first = try await Self.mark(world, booking, wasThere: true, version: booking.version, key: key)
        guard case .done(let completed) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(completed.status == .completed && completed.version == booking.version + 1)
        // The same command again, and the same said again, change nothing.
        let again = try await Self.mark(world, booking, wasThere: true, version: completed.version, key: key)
        #expect(again == .done(completed))
        #expect(try await Self.mark(world, booking, wasThere: true) == .done(completed))
        #expect(
            try await Self.mark(world, booking, wasThere: false, version: booking.version)
                == .refused(.changedMeanwhile))
        let corrected = try await Self.mark(world, booking, wasThere: false, version: completed.version)
        #expect(Self.status(corrected) == .noShow)
    }

    @Test func `not before its begin and not a month after its end`() async throws {
        let world = try await World()
        let booking = try await Self.booked(world)
        try await Self.shift(world, booking, "-1 minutes")
        #expect(try await Self.mark(world, booking, wasThere: false) == .refused(.notBegun))
        try await Self.shift(world, booking, "30 days")
        #expect(Self.status(try await Self.mark(world, booking, wasThere: false)) == .noShow)
        try await Self.shift(world, booking, "31 days")
        #expect(try await Self.mark(world, booking, wasThere: true) == .refused(.tooLongAgo))
    }

    @Test func `only of what was to take place`() async throws {
        let world = try await World()
        let hold = try #require(
            try await world.reservations.hold(
                world.visit(by: world.anna, at: TestClock.at(11)), scope: world.scope, key: .fresh()
            ).booking)
        #expect(try await Self.mark(world, hold, wasThere: true) == .refused(.neverTookPlace))
        let cancelled = try await Self.booked(world)
        _ = try await world.reservations.cancel(cancelled.id, scope: world.scope, key: .fresh())
        #expect(try await Self.mark(world, cancelled, wasThere: true) == .refused(.neverTookPlace))
        let unknown = try await world.reservations.markAttendance(
            of: BookingID(UUID()), wasThere: true, version: nil, scope: world.scope, key: .fresh())
        #expect(unknown == .refused(.unknownBooking))
    }

    @Test func `a customer does not say it`() async throws {
        let world = try await World()
        let booking = try await Self.booked(world)
        try await Self.shift(world, booking, "10 minutes")
        await #expect(throws: ReservationError.self) {
            try await world.reservations.markAttendance(
                of: booking.id, wasThere: true, version: nil, scope: world.scope.asCustomer, key: .fresh())
        }
        #expect(try await world.reservations.booking(booking.id, scope: world.scope)?.status == .booked)
    }

    @Test func `what has taken place takes its time still, and is neither moved nor cancelled`() async throws {
        let world = try await World()
        let booking = try await Self.booked(world)
        try await Self.shift(world, booking, "10 minutes")
        _ = try await Self.mark(world, booking, wasThere: true)
        #expect(
            try await world.reservations.cancel(booking.id, scope: world.scope, key: .fresh()).refusal == .ended)
        let moved = try await world.reservations.reschedule(
            booking.id, to: [.init(start: TestClock.at(12))], version: nil, scope: world.scope, key: .fresh())
        #expect(moved.refusal == .ended)
        let live = try await world.store.owner { connection in
            try connection.query("SELECT count(*) FROM occupancy WHERE live")[0].decode(Int.self)
        }
        #expect(live == 1)
        #expect(try await world.reservations.eraseCustomer(of: booking.id, scope: world.scope))
    }
}
