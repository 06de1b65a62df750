import Availability
import Calendars
import Events
import Foundation
import Harness
import LocalServices
import Redis
import Reservations
import Salons
import Scheduling
import SeededRandom
import Synchronization
import Tenancy
import Testing
import Timing

/// Readers that begin after a booking was acknowledged and still see its time as free.
@Suite("Staleness", .serialized)
struct StalenessTests {
    /// What readers of one kind have met.
    struct Tally: Sendable {
        var reads = 0
        var stale = 0
        /// Seconds from the acknowledgement to the first answer that knows of the booking.
        var lags: [Double] = []
    }

    /// One slot after the other is booked, and after each acknowledgement readers ask. Sources are slow, so that loads
    /// are under way nearly always.
    private static func run(
        _ world: World, salon: BookableSalon, bookings: Int, board: AvailabilityBoard, isNoted: Bool,
        consistency: Consistency, other: AvailabilityBoard? = nil
    ) async throws -> (here: Tally, there: Tally) {
        var (here, there) = (Tally(), Tally())
        for number in 0..<bookings {
            let start = TestClock.at(9) + Double(number) * 1_800
            // Keeps loads under way around the booking.
            let stirring = (0..<4).map { _ in
                Task {
                    _ = try? await board.answers(World.question(hours: 8), for: [salon.id], scope: world.scope)
                    _ = try? await other?.answers(World.question(hours: 8), for: [salon.id], scope: world.scope)
                }
            }
            let booking = try #require(try await world.book(salon, at: start))
            if isNoted { board.noteChange(staff: booking.steps.map(\.staff)) }
            let acknowledged = Date()
            for _ in 0..<4 {
                let said = try await board.answers(
                    World.question(hours: 8), for: [salon.id], scope: .marketplace, consistency: consistency)
                here.reads += 1
                if said.answers[0].start == start { here.stale += 1 }
                let own = try await board.answers(
                    World.question(hours: 8), for: [salon.id], scope: world.scope, consistency: consistency)
                here.reads += 1
                if own.answers[0].start == start { here.stale += 1 }
            }
            if let other {
                // Long enough for any machine; who has not heard by then never will.
                while acknowledged.timeIntervalSinceNow > -20 {
                    let said = try await other.answers(World.question(hours: 8), for: [salon.id], scope: .marketplace)
                    there.reads += 1
                    if said.answers[0].start != start { break }
                    there.stale += 1
                }
                there.lags.append(Date().timeIntervalSince(acknowledged))
                #expect(there.lags.allSatisfy { $0 < 20 })
                guard there.lags.allSatisfy({ $0 < 20 }) else { return (here, there) }
            }
            for task in stirring { await task.value }
        }
        return (here, there)
    }

    private static func slow(_ source: ProbeSource, seed: UInt64) {
        let random = Mutex(SplitMix64(seed: seed))
        let pause: @Sendable () async throws -> Void = {
            try await Pause.sleep(for: .milliseconds(random.withLock { $0.index(9) }))
        }
        source.hooks = .init(afterRosters: pause, afterBusy: pause)
    }

    @Test func `there is none on the instance that booked, nor for a strong question`() async throws {
        let world = try await World(.cutsOnly(), salons: 2)
        try await withBoard(world) { first in
            try await withBoard(world) { second in
                Self.slow(first.source, seed: 1)
                Self.slow(second.source, seed: 2)
                let (here, there) = try await Self.run(
                    world, salon: world.bookable[0], bookings: 12, board: first.board, isNoted: true,
                    consistency: .near, other: second.board)
                #expect(here.stale == 0, "\(here)")
                let lags = there.lags.sorted()
                print(
                    "MEASURED lag on another instance, polling each 20 ms, answers included: median",
                    Int(lags[lags.count / 2] * 1_000), "ms, longest", Int((lags.last ?? 0) * 1_000), "ms;",
                    there.stale, "stale of", there.reads)
                let (strong, _) = try await Self.run(
                    world, salon: world.bookable[1], bookings: 12, board: second.board, isNoted: false,
                    consistency: .strong)
                #expect(strong.stale == 0, "\(strong)")
                #expect(strong.reads + here.reads == 2 * 12 * 8)
            }
        }
    }

    @Test func `there is none while Redis is flushed, killed and started again`() async throws {
        let world = try await World(.cutsOnly(), salons: 2)
        let home = FileManager.default.temporaryDirectory.appending(path: "salons-stale-\(UUID().uuidString)")
            .path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: home) }
        let redis = Holder(try await LocalRedis.start(directory: home, logger: .silent))
        try await withBoard(world, redisURL: redis.value.url) { running in
            Self.slow(running.source, seed: 3)
            let chaos = Task {
                while !Task.isCancelled {
                    _ = try? await running.redis.send([["FLUSHALL"]])
                    try? await Pause.sleep(for: .milliseconds(30))
                    await redis.value.kill()
                    try? await Pause.sleep(for: .milliseconds(100))
                    redis.value = try await LocalRedis.start(directory: home, logger: .silent)
                    try? await Pause.sleep(for: .milliseconds(150))
                }
            }
            let (near, _) = try await Self.run(
                world, salon: world.bookable[0], bookings: 12, board: running.board, isNoted: true, consistency: .near)
            let (strong, _) = try await Self.run(
                world, salon: world.bookable[1], bookings: 12, board: running.board, isNoted: false,
                consistency: .strong)
            #expect(near.stale == 0, "\(near)")
            #expect(strong.stale == 0, "\(strong)")
            chaos.cancel()
            _ = await chaos.result
            #expect(running.redis.statistics.failures > 0)
        }
        await redis.value.stop()
    }

    @Test func `memory answers while PostgreSQL is away, and nothing is stale when it is back`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "salons-stale-\(UUID().uuidString)")
            .path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let postgres = try await Self.start(path)
        try await Psql.run("CREATE DATABASE salons", at: postgres.url(database: "postgres"))
        let url = postgres.url(database: "salons")
        try await Psql.run("CREATE EXTENSION postgis", at: url)
        try await Store.migrate(url)
        let world = try await World(.cutsOnly(), salons: 2, at: url)
        var configuration = AvailabilityConfiguration()
        configuration.trustLimit = .milliseconds(500)
        try await withBoard(world, configuration: configuration) { running in
            let (near, _) = try await Self.run(
                world, salon: world.bookable[0], bookings: 2, board: running.board, isNoted: true, consistency: .near)
            #expect(near.stale == 0)
            let before = Date()

            try await postgres.kill()
            try await eventually { !running.board.isTrusted && !running.board.status.isHealthy }
            let away = try await running.board.answers(
                World.question(hours: 8), for: world.salons, scope: world.scope)
            #expect(away.answers[0].start == TestClock.at(10))
            #expect(away.answers[1] == .unknown)
            #expect(away.failure != nil)
            #expect(away.asOf < Date() - 0.5)
            await #expect(throws: AvailabilityError.self) {
                try await running.board.answers(
                    World.question(hours: 8), for: world.salons, scope: world.scope, consistency: .strong)
            }

            let again = try await Self.start(path)
            // Booked by another instance before this one has heard of anything.
            let booked = try await untilItSucceeds { try await world.book(at: TestClock.at(10)) }
            #expect(booked != nil)
            // Its memory is old and says so; so it asks before it answers.
            let said = try await running.board.answers(
                World.question(hours: 8), for: world.salons, scope: world.scope, consistency: .strong)
            #expect(said.answers.map(\.start) == [TestClock.at(10, 30), TestClock.at(9)])
            try await eventually { running.board.status.isHealthy }
            try await running.catchUp()
            let known = running.board.knownAnswers(
                World.question(hours: 8), for: world.salons, scope: world.scope)
            #expect(known[0] == .unknown || known[0].start == TestClock.at(10, 30))
            #expect(running.board.asOf > before)
            await world.database.shutdown()
            await again.stop()
        }
    }

    @Test func `a board whose feed is silent asks the database before it answers`() async throws {
        let world = try await World(.cutsOnly())
        var configuration = AvailabilityConfiguration()
        configuration.trustLimit = .seconds(3_600)
        let source = ProbeSource(world)
        let clock = Mutex(Date())
        let board = AvailabilityBoard(
            source: source, cache: nil, configuration: configuration, now: { clock.withLock { $0 } })
        var intervals = AvailabilityFeed.Configuration()
        // Heard once, then silent.
        intervals.pollInterval = .seconds(3_600)
        let feed = AvailabilityFeed(
            board, events: Outbox(world.database), configuration: intervals, logger: .silent)
        let task = Task { try await feed.run() }
        try await eventually { board.isTrusted }
        func start() async throws -> Date? {
            try await board.answers(World.question(), for: [world.salon], scope: world.scope).answers[0].start
        }
        #expect(try await start() == TestClock.at(9))
        try await world.book()
        // As far as the board can know, all is as it was.
        #expect(try await start() == TestClock.at(9))
        #expect(source.counts.versions == 0)
        clock.withLock { $0 += 3_700 }
        #expect(!board.isTrusted)
        #expect(try await start() == TestClock.at(9, 30))
        #expect(source.counts.versions == 1)
        task.cancel()
        _ = await task.result
    }

    /// As a test's other clusters, but with commits that outlive the server's death.
    private static func start(_ directory: String) async throws -> LocalPostgres {
        var settings = LocalPostgres.Options.disposable.settings
        settings["synchronous_commit"] = "on"
        settings["full_page_writes"] = "on"
        return try await LocalPostgres.start(
            directory: directory, options: .init(settings: settings, isDisposable: false), logger: .silent)
    }
}

/// What tests exchange while others use it.
private final class Holder<Value: Sendable>: Sendable {
    private let state: Mutex<Value>
    init(_ value: Value) { state = Mutex(value) }
    var value: Value {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
