import ArgumentParser
import Catalogue
import DemoData
import Progress
import Salons
import Tenancy

/// Makes invented salons for load and bench.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Invent salons from a seed; their names say that they are invented.")

    enum Style: String, ExpressibleByArgument, CaseIterable {
        case denmark
        case europe
    }

    @Argument(help: "How many.")
    var count: Int

    @Option(help: "Seed; the same one gives the same salons.")
    var seed: UInt64 = 1

    @Option(help: "Around Danish postcodes, or around 500 European cities.")
    var style = Style.denmark

    @Option(help: "Slug of the tenant, made if there is none.")
    var tenant = "opdigtet-demo"

    @Flag(inversion: .prefixedNo, help: "Also invent services, people and a fortnight of bookings.")
    var calendars = true

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...10_000_000).contains(count) else { throw ValidationError("the count must be from 1 to 10000000") }
    }

    func run() async throws {
        guard let slug = TenantSlug(tenant) else { throw CommandError("'\(tenant)' is not a tenant's slug") }
        try await withGraph(common) { graph in
            if try await graph.tenants.tenant(slug: slug) == nil {
                _ = try await graph.tenants.create(slug: slug, name: "Opdigtet demo", country: "DK")
            }
            let scope = try await graph.resolver.commandLineScope(tenant: slug)
            let repository = SalonRepository(graph.database, scope: scope)
            let bar = ProgressLine("Inventing salons", unit: "salons", total: count)
            defer { bar.clear() }
            var batch: [ImportedSalon] = []
            var total = UpsertCounts()
            func flush() async throws {
                let counts = try await repository.upsert(batch)
                total.inserted += counts.inserted
                total.updated += counts.updated
                total.unchanged += counts.unchanged
                batch.removeAll(keepingCapacity: true)
            }
            let generator = DemoGenerator(seed: seed, count: count, style: style == .denmark ? .denmark : .europe)
            for (number, profile) in generator.enumerated() {
                batch.append(ImportedSalon(profile: profile))
                if batch.count == 5_000 {
                    try await flush()
                    bar.update(count: number)
                }
            }
            if !batch.isEmpty { try await flush() }
            bar.clear()
            print(
                "\(total.inserted) new, \(total.updated) changed, \(total.unchanged) unchanged salons of tenant \(slug)"
            )
            guard calendars else { return }
            let made = try await DemoCalendarLoader(graph: graph, seed: seed)
                .load([.init(scope: scope, source: DemoGenerator.source)])
            print(
                "\(made.calendars) new calendars; \(made.entries) made-up bookings and absences in \(made.filled) of them"
            )
        }
    }
}
