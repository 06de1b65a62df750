import Availability
import Calendars
import Events
import Foundation
import Harness
import Postgres
import Reservations
import Salons
import Scheduling
import Synchronization
import Tenancy
import Testing

@Suite("The feed of calendars")
struct FeedTests {
    @Test func `tells of a booking while an older transaction still runs`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            _ = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            let blocker = try await Postgres.Connection.connect(Postgres.Configuration(world.ownerURL))
            try await blocker.turn { connection in
                try connection.executeScript(unsafe: "BEGIN; SELECT pg_current_xact_id()")
            }
            try await world.book()
            try await running.catchUp()
            let held = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            #expect(held.answers[0].start == TestClock.at(9, 30))
            let position = running.board.status.position
            // The older transaction's own change is not skipped when it commits at last.
            let salon = world.salon
            try await blocker.turn { connection in
                try connection.executeScript(
                    unsafe: """
                        INSERT INTO outbox (tenant_id, kind, subject, revision)
                        SELECT tenant_id, 'calendar.changed', salon_id, revision FROM calendar; COMMIT
                        """)
            }
            await blocker.close()
            let drops = running.board.status.staleDrops
            try await eventually { running.board.status.staleDrops > drops }
            #expect(running.board.knownAnswer(World.question(), for: salon, scope: world.scope) == .unknown)
            try await eventually { running.board.status.position != position }
        }
    }

    @Test func `acts on an event once, however often it is read`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            let blocker = try await Postgres.Connection.connect(Postgres.Configuration(world.ownerURL))
            try await blocker.turn { connection in
                try connection.executeScript(unsafe: "BEGIN; SELECT pg_current_xact_id()")
            }
            try await world.editor.put(
                SalonService(id: ServiceID(UUID()), name: "Farve", category: .colour, duration: 60), in: world.salon)
            try await running.catchUp()
            _ = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            let loads = running.board.status.loads
            for _ in 0..<5 {
                try await running.catchUp()
                _ = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            }
            #expect(running.board.status.loads == loads)
            await blocker.close()
        }
    }

    @Test func `forgets everything when events may have been missed`() async throws {
        let world = try await World(.cutsOnly())
        let source = ProbeSource(world)
        let board = AvailabilityBoard(source: source, cache: nil)
        let events = ForgetfulEvents(Outbox(world.database))
        var configuration = AvailabilityFeed.Configuration()
        configuration.pollInterval = .milliseconds(10)
        let feed = AvailabilityFeed(board, events: events, configuration: configuration, logger: .silent)
        let task = Task { try await feed.run() }
        let begun = Date()
        // Past what was written before, which a transaction elsewhere may have held back.
        try await eventually { board.asOf > begun }
        // While a transaction elsewhere runs, what was written before is told again and again, and keeps a load out.
        try await eventually {
            _ = try await board.answers(World.question(), for: [world.salon], scope: world.scope)
            return board.knownAnswer(World.question(), for: world.salon, scope: world.scope).start == TestClock.at(9)
        }
        // A transaction elsewhere may be older than every event of this world.
        try await eventually { (board.status.position?.transaction ?? 0) > 3 }
        // The server counts from a lower number than before: it is another one, or lost what it had counted.
        events.isReset = true
        try await eventually { board.status.restarts == 1 }
        #expect(board.knownAnswer(World.question(), for: world.salon, scope: world.scope) == .unknown)
        task.cancel()
        _ = await task.result
    }

    @Test func `follows other salons' changes in one tenant and in another`() async throws {
        let world = try await World(.cutsOnly(), salons: 2)
        let other = try await world.neighbour()
        // The same person works everywhere.
        let guest = StaffID(UUID())
        try await world.editor.put(BookableSalon.member(guest, [world.bookable[0].cut]), in: world.salons[0])
        try await world.editor.put(BookableSalon.member(guest, [world.bookable[1].cut]), in: world.salons[1])
        // That it is the same person for another tenant is the platform's to say.
        let (tenant, salon) = (other.scope.tenant!.rawValue, other.salon.rawValue)
        try await world.store.owner { connection in
            _ = try connection.execute(
                """
                INSERT INTO staff (tenant_id, salon_id, staff_id, name)
                VALUES (\(tenant), \(salon), \(guest.rawValue), 'Guest')
                """)
        }
        try await other.editor.put(BookableSalon.member(guest, [other.cut]), in: other.salon)
        try await withBoard(world) { running in
            let salons = world.salons + [other.salon]
            let question = World.question(staff: guest)
            let before = try await running.board.answers(question, for: salons, scope: .marketplace)
            #expect(before.answers.map(\.start) == [TestClock.at(9), TestClock.at(9), TestClock.at(9)])
            _ = try await other.reservations.book(
                Visit(
                    salon: other.salon,
                    steps: [Visit.Step(service: other.cut, staff: guest, start: TestClock.at(9))]),
                customer: try Customer(name: "Kunde", email: "kunde@example.com", phone: nil), scope: other.scope,
                key: .fresh())
            try await running.catchUp()
            let after = try await running.board.answers(question, for: salons, scope: .marketplace)
            #expect(after.answers.map(\.start) == [TestClock.at(9, 30), TestClock.at(9, 30), TestClock.at(9, 30)])
        }
    }
}

/// The real events, with the horizon of another server when a test says so.
private final class ForgetfulEvents: EventReading {
    private let base: Outbox
    private let state = Mutex(false)

    init(_ base: Outbox) { self.base = base }

    var isReset: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    func lastSettled() async throws -> EventPosition { try await base.lastSettled() }

    func page(after position: EventPosition, kinds: [String], limit: Int) async throws -> EventPage {
        guard isReset else { return try await base.page(after: position, kinds: kinds, limit: limit) }
        isReset = false
        return EventPage(events: [], last: nil, lastSettled: nil, horizon: 3, floor: .start, isLast: true)
    }

    func calls() -> AsyncStream<Void> { base.calls() }
}
