import Foundation
import LocalServices
public import Logging
import Postgres
import Reservations
import Tenancy
import Timing

/// Many clients at the real module and a real PostgreSQL that is killed now and then, and a look at all that happened.
public struct TortureRun: Sendable {
    private let plan: TorturePlan
    private let logger: Logger
    private let onRequest: @Sendable () -> Void

    /// Makes ready for a run.
    /// - Parameters:
    ///   - plan: what the run does.
    ///   - logger: for the servers and the module.
    ///   - onRequest: called after each request, from many tasks at once.
    public init(_ plan: TorturePlan, logger: Logger, onRequest: @escaping @Sendable () -> Void = {}) {
        self.plan = plan
        self.logger = logger
        self.onRequest = onRequest
    }

    /// Runs and checks.
    public func run() async throws -> TortureReport {
        let server = Server(plan: plan, logger: logger)
        try await server.start()
        do {
            let report = try await run(server)
            await server.stop()
            return report
        } catch {
            await server.stop()
            throw error
        }
    }

    private func run(_ server: Server) async throws -> TortureReport {
        guard let postgres = await server.postgres else { throw TortureFailure("PostgreSQL did not start") }
        let world = try await TortureWorld(plan, postgres: postgres, logger: logger)
        let history = History()
        let began = ContinuousClock.now
        let killer = Task { [plan] in
            guard plan.killInterval > 0 else { return }
            while !Task.isCancelled {
                try? await Pause.sleep(for: .seconds(plan.killInterval))
                guard !Task.isCancelled else { return }
                try await server.kill()
            }
        }
        let sweeper = Task {
            let sweeper = HoldSweeper(world.database)
            while !Task.isCancelled {
                _ = try? await sweeper.sweep()
                try? await Pause.sleep(for: .milliseconds(200))
            }
        }
        let statistics = await clients(world, history)
        // At once, so that the last answers are not on the disk by then.
        if plan.sabotage == .asyncCommit { try await server.kill() }
        killer.cancel()
        // A kill under way ends with a server that runs again.
        _ = await killer.result
        sweeper.cancel()
        await sweeper.value
        if plan.killInterval > 0 || plan.sabotage == .refusalNotDurable {
            try await RefusalTrial(world: world, history: history, logger: logger).run { try await server.kill() }
        }
        let took = (ContinuousClock.now - began) / .seconds(1)
        await world.database.shutdown()
        guard let url = await server.postgres?.url(database: "torture") else { throw TortureFailure("no PostgreSQL") }
        let connection = try await Connection.connect(Postgres.Configuration(url))
        let rows = try await TortureRows.read(connection)
        await connection.close()
        let violations = TortureChecker(rows: rows, told: history.all, statistics: statistics).violations()
        return TortureReport(
            plan: plan, seconds: took, kills: await server.kills, told: history.all, statistics: statistics,
            violations: violations)
    }

    private func clients(_ world: TortureWorld, _ history: History) async -> ReservationStatistics {
        let each = plan.attempts / plan.clients
        let onRequest = onRequest
        return await withTaskGroup(of: ReservationStatistics.self) { group in
            for number in 0..<plan.clients {
                var client = TortureClient(
                    number: number, plan: plan, world: world, history: history, logger: logger)
                group.addTask {
                    for _ in 0..<each {
                        await client.act()
                        onRequest()
                    }
                    return client.statistics
                }
            }
            var sum = ReservationStatistics()
            for await part in group { sum.add(part) }
            return sum
        }
    }
}

/// PostgreSQL of a run, which can be killed and comes back.
private actor Server {
    private let plan: TorturePlan
    private let logger: Logger
    private(set) var postgres: LocalPostgres?
    private(set) var kills = 0

    init(plan: TorturePlan, logger: Logger) {
        self.plan = plan
        self.logger = logger
    }

    func start() async throws {
        postgres = try await LocalPostgres.start(
            directory: plan.directory, options: TortureWorld.settings(plan), logger: logger)
    }

    func kill() async throws {
        try await postgres?.kill()
        kills += 1
        try await start()
    }

    func stop() async {
        await postgres?.stop()
        postgres = nil
    }
}

extension ReservationStatistics {
    mutating func add(_ other: ReservationStatistics) {
        done += other.done
        replays += other.replays
        slotsTaken += other.slotsTaken
        refused += other.refused
        retries += other.retries
        deadlocks += other.deadlocks
        backstopHits += other.backstopHits
        unavailable += other.unavailable
    }
}
