import Availability
import Calendars
import Foundation
import Harness
import Reservations
import Salons
import Scheduling
import Tenancy
import Testing

/// Changes that fall into a load, each held at the worst moment: the load has read what was before the change and puts
/// it into memory after the change was told.
@Suite("Changes while a load is under way")
struct RaceTests {
    /// Starts a load and holds it after it has read the busy times.
    private func held(
        _ running: RunningBoard, _ world: World, during change: () async throws -> Void
    ) async throws -> AvailabilityAnswers {
        let latch = Latch()
        running.source.hooks.afterBusy = { await latch.pass() }
        let early = Task {
            try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
        }
        try await eventually { latch.arrived == 1 }
        try await change()
        running.source.hooks.afterBusy = {}
        latch.open()
        return try await early.value
    }

    @Test func `a change that the feed tells of keeps what was read before it out of memory`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            let early = try await held(running, world) {
                #expect(try await world.book() != nil)
                try await running.catchUp()
            }
            // Who asked before may be told what was before.
            #expect(early.answers[0].start == TestClock.at(9))
            #expect(running.board.knownAnswer(World.question(), for: world.salon, scope: world.scope) == .unknown)
            let late = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            #expect(late.answers[0].start == TestClock.at(9, 30))
            // The roster that was read is good and is not read again.
            #expect(running.source.counts.rosters == 1)
        }
    }

    @Test func `a booking of this instance is in every answer to a later question`() async throws {
        let world = try await World(.cutsOnly())
        // The feed tells nothing here: a transaction of another instance would do as well as none.
        try await withBoard(world) { running in
            let latch = Latch()
            running.source.hooks.afterBusy = { await latch.pass() }
            let early = Task {
                try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            }
            try await eventually { latch.arrived == 1 }
            running.board.noteChange(staff: try #require(try await world.book()).steps.map(\.staff))
            // The second caller finds the first one's load under way and must not be content with it.
            running.source.hooks.afterBusy = {}
            let late = Task {
                try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            }
            try await eventually { running.board.status.joins == 1 }
            latch.open()
            let (before, after) = (try await early.value, try await late.value)
            #expect(before.answers[0].start == TestClock.at(9))
            #expect(after.answers[0].start == TestClock.at(9, 30))
            let known = running.board.knownAnswer(World.question(), for: world.salon, scope: world.scope)
            #expect(known.start == TestClock.at(9, 30))
        }
    }

    @Test func `a booking of this instance keeps what was read before it out of memory`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            _ = try await held(running, world) {
                // Told before the feed can: the board knows of no epoch.
                running.board.noteChange(staff: try #require(try await world.book()).steps.map(\.staff))
            }
            let known = running.board.knownAnswer(World.question(), for: world.salon, scope: world.scope)
            #expect(known.start != TestClock.at(9))
            let late = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            #expect(late.answers[0].start == TestClock.at(9, 30))
        }
    }

    @Test func `a new roster keeps the one that was read before it out of memory`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            let early = try await held(running, world) {
                _ = try await world.editor.removeService(world.cut, in: world.salon)
                try await running.catchUp()
            }
            #expect(early.answers[0].start == TestClock.at(9))
            #expect(running.board.knownAnswer(World.question(), for: world.salon, scope: world.scope) == .unknown)
            let late = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            #expect(late.answers == [.noSuchService])
        }
    }

    @Test func `a strong question does not join a load that began before it`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            let latch = Latch()
            running.source.hooks.afterBusy = { await latch.pass() }
            let early = Task {
                try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            }
            try await eventually { latch.arrived == 1 }
            #expect(try await world.book() != nil)
            running.source.hooks.afterBusy = {}
            let isAnswered = Tally()
            let late = Task {
                defer { isAnswered.add(1) }
                return try await running.board.answers(
                    World.question(), for: [world.salon], scope: world.scope, consistency: .strong)
            }
            // It is answered while the first load is still held, so it has waited for another.
            try await eventually { isAnswered.value == 1 }
            let after = try await late.value
            latch.open()
            let before = try await early.value
            #expect(before.answers[0].start == TestClock.at(9))
            #expect(after.answers[0].start == TestClock.at(9, 30))
            let known = running.board.knownAnswer(World.question(), for: world.salon, scope: world.scope)
            #expect(known.start != TestClock.at(9))
        }
    }

    @Test func `a salon that is opened while it is looked for is not remembered as none`() async throws {
        let world = try await World(.cutsOnly())
        let plain = try await world.plainSalon()
        let (scope, editor) = (world.scope, world.editor)
        try await withBoard(world) { running in
            let latch = Latch()
            running.source.hooks.afterRosters = { await latch.pass() }
            let early = Task { try await running.board.answers(World.question(), for: [plain], scope: scope) }
            try await eventually { latch.arrived == 1 }
            try await editor.open(plain)
            try await editor.put(
                SalonService(id: ServiceID(UUID()), name: "Klip", category: .haircut, duration: 30), in: plain)
            try await running.catchUp()
            latch.open()
            let said = try await early.value
            #expect(said.answers == [.noCalendar])
            #expect(running.board.knownAnswer(World.question(), for: plain, scope: scope) == .unknown)
        }
    }

    @Test func `hours that change while the busy times are read do not end up under the new epoch`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            // This load has the old roster and stores its sheets late.
            _ = try await held(running, world) {
                try await world.editor.put(
                    BookableSalon.member(
                        world.anna, [world.cut],
                        hours: (1...7).map { WorkingHours(weekday: $0, start: 9 * 60 + 30, end: 17 * 60) }),
                    in: world.salon)
            }
            try await running.catchUp()
            for consistency in [Consistency.near, .strong] {
                let late = try await running.board.answers(
                    World.question(), for: [world.salon], scope: world.scope, consistency: consistency)
                #expect(late.answers[0].start == TestClock.at(9, 30))
            }
            // Another instance, which has only Redis and the database.
            try await withBoard(world) { other in
                let late = try await other.board.answers(World.question(), for: [world.salon], scope: world.scope)
                #expect(late.answers[0].start == TestClock.at(9, 30))
            }
        }
    }
}
