import Catalogue
import DemoData
import Directory
import Events
import Foundation
import Geodesy
import LocalServices
import Migrations
import Postgres
import Salons
import Tenancy
import Timing

/// Aim 7: how long a directory takes to load, what it weighs, and how soon a change is visible.
struct LoadBench: Sendable {
    let plan: Plan
    let scratch: Scratch

    func run() async throws {
        BenchProgress.clear()
        BenchProgress.title("Load")
        print("## Load and change feed: \(Figures.number(Double(plan.loadSize))) salons in PostgreSQL\n")
        let postgres = try await LocalPostgres.start(
            directory: "\(scratch.path)/postgres-load", options: .durable, logger: quietLogger("postgres"))
        try await DatabaseSetup.createIfMissing("salons", at: postgres.url(database: "postgres"))
        let configuration = try Postgres.Configuration(postgres.url(database: "salons"))
        _ = try await Migrator(
            directory: MigrationsDirectory.find(), configuration: configuration, logger: quietLogger("migrations")
        ).migrate()
        let database = ScopedDatabase(configuration, logger: quietLogger("database"))
        do {
            try await measure(database)
        } catch {
            await database.shutdown()
            await postgres.stop()
            throw error
        }
        await database.shutdown()
        await postgres.stop()
    }

    private func measure(_ database: ScopedDatabase) async throws {
        let tenants = TenantRepository(database)
        guard let slug = TenantSlug("opdigtet-bench") else { return }
        _ = try await tenants.create(slug: slug, name: "Opdigtet bench", country: "DK")
        let scope = try await CredentialResolver(source: tenants).commandLineScope(tenant: slug)
        let repository = SalonRepository(database, scope: scope)
        let rows = try await fill(repository)

        let source = PostgresDirectorySource(database, events: Outbox(database))
        var loads = Figures()
        var status: DirectoryStatus?
        for _ in 0..<plan.repeats {
            let start = ContinuousClock.now
            let running = try await RunningDirectory(source)
            loads.values.append((ContinuousClock.now - start) / .seconds(1))
            status = running.directory.status
            await running.stop()
            BenchProgress.advance()
        }
        let running = try await RunningDirectory(source)
        let visible = try await changes(running.directory, repository)
        BenchProgress.advance()
        await running.stop()

        let count = Double(max(1, status?.salons ?? 0))
        let index = Double(status?.indexBytes ?? 0) / count
        let whole = Double((status?.indexBytes ?? 0) + (status?.cardBytes ?? 0)) / count
        var table = MarkdownTable(["what", "measured", "aim 7"])
        table.append(["import through the repository, rows/s", Figures.number(rows), ""])
        table.append(["from start to ready, s", loads.text, Aim.atMost(5, loads.median)])
        table.append(["index, bytes a salon", Figures.number(index), Aim.atMost(100, index)])
        table.append(["index and card, bytes a salon", Figures.number(whole), Aim.atMost(700, whole)])
        table.append([
            "a change visible after its commit, ms, p50 / p99 of \(visible.values.count)",
            "\(Figures.number(Self.percentile(visible, 0.5))) / \(Figures.number(Self.percentile(visible, 0.99)))",
            Aim.atMost(100, Self.percentile(visible, 0.99)),
        ])
        table.print()
    }

    private func fill(_ repository: SalonRepository) async throws -> Double {
        let start = ContinuousClock.now
        var batch: [ImportedSalon] = []
        var batches = 0
        for salon in DemoGenerator(seed: SyntheticSource.seed, count: plan.loadSize, style: .europe) {
            batch.append(ImportedSalon(profile: salon))
            if batch.count == 10_000 {
                _ = try await repository.upsert(batch)
                batch.removeAll(keepingCapacity: true)
                batches += 1
                if batches % BenchProgress.batchesPerStep == 0 { BenchProgress.advance() }
            }
        }
        if !batch.isEmpty { _ = try await repository.upsert(batch) }
        return Double(plan.loadSize) / ((ContinuousClock.now - start) / .seconds(1))
    }

    /// A hundred changes a second, each followed until a search would show it.
    private func changes(_ directory: Directory, _ repository: SalonRepository) async throws -> Figures {
        let salons = try await repository.salons(source: "demo", limit: 100 * plan.seconds * 2)
        return try await withThrowingTaskGroup(of: Double.self) { group in
            let start = ContinuousClock.now
            for (number, salon) in salons.enumerated() {
                try await Pause.sleep(until: start + .milliseconds(10 * number))
                group.addTask {
                    let version = try directory.salon(salon.id)?.version ?? 0
                    let place = salon.profile.location
                    _ = try await repository.move(
                        salon.id,
                        to: Coordinate(uncheckedLatitude: place.latitude * 0.9999, longitude: place.longitude))
                    let committed = ContinuousClock.now
                    while try directory.salon(salon.id)?.version ?? 0 <= version {
                        guard ContinuousClock.now - committed < .seconds(30) else {
                            throw Program.Failure(description: "a change was not visible after 30 s")
                        }
                        try await Pause.sleep(for: .milliseconds(1))
                    }
                    return (ContinuousClock.now - committed) / .milliseconds(1)
                }
            }
            var figures = Figures()
            for try await value in group { figures.values.append(value) }
            return figures
        }
    }

    private static func percentile(_ figures: Figures, _ part: Double) -> Double {
        let sorted = figures.values.sorted()
        guard !sorted.isEmpty else { return .nan }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
    }
}
