import Availability
import Calendars
import Foundation
import Harness
import Redis
import Salons
import Scheduling
import Tenancy
import Testing

@Suite("Loading what memory does not know")
struct LoadTests {
    @Test func `many callers at once cause one load`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            let latch = Latch()
            running.source.hooks.beforeRosters = { await latch.pass() }
            let callers = (0..<50).map { _ in
                Task { try await running.board.answers(World.question(), for: [world.salon], scope: world.scope) }
            }
            try await eventually { latch.arrived == 1 }
            latch.open()
            for caller in callers {
                let said = try await caller.value
                #expect(said.answers[0].start == TestClock.at(9))
            }
            #expect(running.source.counts == .init(rosters: 1, busy: 1, versions: 0))
            #expect(
                running.board.knownAnswer(World.question(), for: world.salon, scope: world.scope).start
                    == TestClock.at(9))
        }
    }

    @Test func `many salons cost one call for rosters, one to Redis and one for busy times`() async throws {
        let world = try await World(.cutsOnly(people: 2), salons: 20)
        try await withBoard(world) { first in
            let commands = first.redis.statistics.commands
            let answers = try await first.board.answers(
                World.question(), for: world.salons, scope: .marketplace)
            #expect(answers.answers.count { $0.start == TestClock.at(9) } == 20)
            #expect(first.source.counts == .init(rosters: 1, busy: 1, versions: 0))
            // One MGET, and one SET for each person and day.
            let stored = world.salons.count * 2 * 2
            try await eventually { first.redis.statistics.commands >= commands + 1 + stored }
            #expect(first.redis.statistics.commands == commands + 1 + stored)

            // Another instance finds the sheets in Redis.
            try await withBoard(world) { second in
                let answers = try await second.board.answers(
                    World.question(), for: world.salons, scope: world.scope)
                #expect(answers.answers.count { $0.start == TestClock.at(9) } == 20)
                #expect(second.source.counts == .init(rosters: 1, busy: 0, versions: 0))
                #expect(second.board.status.sharedHits == stored)
            }
        }
    }

    @Test func `after a booking only its person is read again`() async throws {
        let world = try await World(.cutsOnly(people: 2))
        try await withBoard(world) { running in
            _ = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            try await world.book()
            try await running.catchUp()
            let hits = running.board.status.sharedMisses
            let answers = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            #expect(answers.answers[0].start == TestClock.at(9))
            #expect(running.source.counts == .init(rosters: 1, busy: 2, versions: 0))
            #expect(running.board.status.sharedMisses == hits + 2)
        }
    }

    @Test func `callers who come while loads are under way share the next one`() async throws {
        let world = try await World(.cutsOnly(), salons: 6)
        var configuration = AvailabilityConfiguration()
        configuration.concurrentLoads = 1
        try await withBoard(world, configuration: configuration) { running in
            let latch = Latch()
            running.source.hooks.beforeRosters = { await latch.pass() }
            let first = Task {
                try await running.board.answers(World.question(), for: [world.salons[0]], scope: world.scope)
            }
            try await eventually { latch.arrived == 1 }
            let others = world.salons.dropFirst().map { salon in
                Task { try await running.board.answers(World.question(), for: [salon], scope: world.scope) }
            }
            try await eventually { running.board.status.loads == 2 }
            // One of them asked for the second load, and the four others joined it.
            try await eventually { running.board.status.joins == 4 }
            latch.open()
            for task in others + [first] {
                let said = try await task.value
                #expect(said.answers[0].start == TestClock.at(9))
            }
            #expect(running.source.counts.rosters == 2)
        }
    }

    @Test func `what has no calendar is known to have none until it gets one`() async throws {
        let world = try await World(.cutsOnly())
        let plain = try await world.plainSalon()
        try await withBoard(world) { running in
            for scope in [world.scope, .marketplace] {
                let answers = try await running.board.answers(World.question(), for: [plain], scope: scope)
                #expect(answers.answers == [.noCalendar])
            }
            #expect(running.source.counts.rosters == 2)
            for scope in [world.scope, .marketplace] {
                #expect(running.board.knownAnswer(World.question(), for: plain, scope: scope) == .noCalendar)
            }
            let service = ServiceID(UUID())
            try await world.editor.open(plain, isClosedOnHolidays: false)
            try await world.editor.put(
                SalonService(id: service, name: "Klip", category: .haircut, duration: 30), in: plain)
            try await world.editor.put(BookableSalon.member(StaffID(UUID()), [service]), in: plain)
            try await running.catchUp()
            for scope in [world.scope, .marketplace] {
                let answers = try await running.board.answers(World.question(), for: [plain], scope: scope)
                #expect(answers.answers[0].start == TestClock.at(9))
            }
        }
    }

    @Test func `a full memory makes room and stays right`() async throws {
        let world = try await World(.cutsOnly(), salons: 8)
        var configuration = AvailabilityConfiguration()
        configuration.capacity = 3
        try await withBoard(world, configuration: configuration) { running in
            for round in 0..<3 {
                try await world.book(world.bookable[round], at: TestClock.at(9))
                try await running.catchUp()
                for (number, salon) in world.salons.enumerated() {
                    let answers = try await running.board.answers(World.question(), for: [salon], scope: world.scope)
                    #expect(answers.answers[0].start == TestClock.at(9, number <= round ? 30 : 0))
                    #expect(running.board.status.entries <= 3)
                }
            }
            #expect(running.board.status.evictions > 0)
        }
    }

    @Test func `a board without a feed answers and remembers nothing`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world, isFollowing: false) { running in
            for expected in [TestClock.at(9), TestClock.at(9, 30)] {
                let answers = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
                #expect(answers.answers[0].start == expected)
                #expect(running.board.status.entries == 0)
                try await world.book()
            }
        }
    }

    @Test func `a long stretch is answered without staying in memory`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            let far = TestClock.at(9, day: 39)
            let window = TestClock.at(9)..<TestClock.at(9, day: 40)
            try await world.blockOut(from: window.lowerBound, to: far)
            let said = try await running.board.answers(
                World.question(window), for: [world.salon], scope: world.scope, consistency: .strong)
            #expect(said.answers[0].start == far)
            #expect(running.board.status.entries == 0)
            await #expect(throws: AvailabilityError.windowTooLong(limit: 100)) {
                try await running.board.answers(
                    World.question(TestClock.at(9)..<TestClock.at(9, day: 120)), for: [world.salon],
                    scope: world.scope)
            }
        }
    }
}
