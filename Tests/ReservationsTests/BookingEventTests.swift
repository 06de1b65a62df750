import Calendars
import Events
import Foundation
import Harness
import Postgres
import Reservations
import Salons
import Scheduling
import Tenancy
import Testing

/// What bookings tell of: each change once, with what was and what is, and nobody's name.
struct BookingEventTests {
    /// Kind, revision, and what was and is, of every event of a booking.
    private static func told(_ world: World, _ booking: Booking) async throws -> [String] {
        try await EventAdministration(world.database).events(kind: nil, tenant: world.scope.tenant, limit: 1_000)
            .reversed().filter { $0.subject == booking.id.rawValue }.map { event in
                let change = try #require(
                    try BookingEvents.all.lazy.compactMap { try $0.payload(of: event) }.first)
                #expect(change.salon == booking.salon)
                let before = change.before.map { "\($0.status.rawValue) \(Self.hour($0.start))" } ?? "new"
                return "\(event.kind) \(event.revision ?? 0): \(before) -> \(change.after.status.rawValue) "
                    + Self.hour(change.after.start)
            }
    }

    private static func hour(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .copenhagen
        return "\(calendar.component(.hour, from: date))"
    }

    private static func hold(_ world: World, lasting: Duration = .seconds(300)) async throws -> Booking {
        try #require(
            try await world.reservations.hold(
                world.visit(by: world.anna, at: TestClock.at(10)), lasting: lasting, scope: world.scope, key: .fresh()
            ).booking)
    }

    @Test func `a hold that becomes a booking, is moved and is cancelled`() async throws {
        let world = try await World()
        let hold = try await Self.hold(world)
        _ = try await world.reservations.confirm(
            hold.id, customer: World.customer(), scope: world.scope, key: .fresh())
        _ = try await world.reservations.reschedule(
            hold.id, to: [.init(start: TestClock.at(12))], version: nil, scope: world.scope, key: .fresh())
        _ = try await world.reservations.cancel(hold.id, scope: world.scope, key: .fresh())
        #expect(
            try await Self.told(world, hold) == [
                "booking.held 1: new -> held 10", "booking.created 2: held 10 -> booked 10",
                "booking.moved 3: booked 10 -> booked 12", "booking.cancelled 4: booked 12 -> cancelled 12",
            ])
    }

    @Test func `a hold that ends by itself tells of it, whoever ends it`() async throws {
        let world = try await World()
        let swept = try await Self.hold(world, lasting: .milliseconds(1))
        try await eventually { try await HoldSweeper(world.database).sweep() == 1 }
        let taken = try await Self.hold(world, lasting: .milliseconds(1))
        try await eventually {
            try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking != nil
        }
        for hold in [swept, taken] {
            #expect(
                try await Self.told(world, hold) == [
                    "booking.held 1: new -> held 10", "booking.expired 2: held 10 -> expired 10",
                ])
        }
    }

    @Test func `a booking that is completed and corrected`() async throws {
        let world = try await World()
        let booking = try #require(
            try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking)
        try await world.store.owner { connection in
            _ = try connection.execute("UPDATE occupancy SET starts_at = now() - interval '1 minute'")
        }
        for wasThere in [true, true, false] {
            _ = try await world.reservations.markAttendance(
                of: booking.id, wasThere: wasThere, version: nil, scope: world.scope, key: .fresh())
        }
        let told = try await Self.told(world, booking).map { $0.replacing(#/ \d+(?= ->|$)/#, with: "") }
        #expect(
            told == [
                "booking.created 1: new -> booked", "booking.completed 2: booked -> completed",
                "booking.no_show 3: completed -> no_show",
            ])
    }

    @Test func `no event names a customer`() async throws {
        let world = try await World()
        let customer = try Customer(
            name: "Kanariefugl Hansen", email: "kanariefugl@example.com", phone: "+4520304050")
        let hold = try await Self.hold(world)
        _ = try await world.reservations.confirm(hold.id, customer: customer, scope: world.scope, key: .fresh())
        _ = try await world.book(world.visit(by: world.anna, at: TestClock.at(12)), customer: customer)
        let found = try await world.store.owner { connection in
            try connection.query(
                """
                SELECT count(*), count(*) FILTER (WHERE outbox::text ~* 'kanariefugl|20304050|hansen') FROM outbox
                """)[0].decode(Int.self, Int.self)
        }
        #expect(found.0 > 3 && found.1 == 0)
    }

    @Test func `a payload of another form is not guessed at`() throws {
        func event(_ payload: String?) -> Event {
            Event(
                position: .init(transaction: 1, id: 1), tenant: TenantID(UUID()), kind: "booking.moved",
                subject: UUID(),
                revision: 1, payload: payload.map { Array($0.utf8) }, writtenAt: Date(), isSettled: true)
        }
        #expect(throws: EventError.unknownForm(kind: "booking.moved", form: 2, known: 1)) {
            try BookingEvents.moved.payload(of: event(#"{"v":2}"#))
        }
        for text in [nil, "{}", #"{"v":1}"#, #"{"v":1,"salon":"x","after":{"status":"booked","start":1}}"#] {
            #expect(throws: EventError.malformedPayload(kind: "booking.moved")) {
                try BookingEvents.moved.payload(of: event(text))
            }
        }
        #expect(try BookingEvents.held.payload(of: event(#"{"v":1}"#)) == nil)
    }

    @Test func `every kind that the database writes is declared, and the other way round`() async throws {
        let world = try await World()
        let written = try await world.store.owner { connection in
            try connection.query(
                """
                SELECT DISTINCT m[1] FROM pg_proc, regexp_matches(prosrc, '''((?:salon|calendar|availability|booking)\\.[a-z_]*)''', 'g') AS m
                WHERE pronamespace = 'public'::regnamespace
                """
            ).map { try $0.decode(String.self) }
        }
        // One is put together from the status.
        let names = Set(written.flatMap { $0 == "booking." ? ["booking.completed", "booking.no_show"] : [$0] })
        #expect(names == Set(BookingEvents.names + CalendarEvents.names + ["salon.changed", "salon.deleted"]))
    }
}
