import Catalogue
import DemoData
import Foundation
import Importing
import Logging
import Postgres
import Progress
import Salons
import Tenancy

/// Fills an empty installation: real salons of central Helsinki, and invented Danish ones under a few invented tenants.
struct DemoLoader: Sendable {
    /// What was found or loaded, for the greeting.
    struct Outcome: Sendable {
        var helsinki: Int?
        var invented = 0
        var booked: DemoCalendarLoader.Outcome?
        var note: String?

        var text: String {
            var lines: [String] = []
            if let helsinki {
                lines.append("Demo   \(helsinki) salons of central Helsinki, © OpenStreetMap contributors (ODbL)")
            }
            if invented > 0 {
                lines.append("Demo   \(invented) invented Danish salons around real postcodes (GeoNames, CC BY 4.0)")
            }
            if let booked, booked.entries > 0 {
                lines.append(
                    "Demo   \(booked.entries) made-up bookings and absences in the calendars of \(booked.filled) salons"
                )
            }
            if let note { lines.append("Note   \(note)") }
            return lines.joined(separator: "\n")
        }
    }

    let graph: ServiceGraph
    let count: Int
    let extract: String

    private static let tenantCount = 5
    private static let seed: UInt64 = 1
    private static let helsinkiSource = "openstreetmap"

    /// Loads what is missing; a second start finds everything and changes nothing.
    func load(stop: StopSignals) async throws -> Outcome {
        var outcome = Outcome()
        if FileManager.default.fileExists(atPath: extract) {
            outcome.helsinki = try await loadHelsinki()
        } else {
            outcome.note = "there is no \(extract), so the demo is without the salons of Helsinki"
        }
        guard !stop.isStopping else { return outcome }
        try await loadInvented(stop: stop)
        outcome.invented = count
        guard !stop.isStopping else { return outcome }
        outcome.booked = try await loadCalendars(stop: stop)
        return outcome
    }

    private func loadHelsinki() async throws -> Int {
        let repository = SalonRepository(graph.database, scope: try await helsinki())
        var options = ImportOptions(source: Self.helsinkiSource)
        options.country = "FI"
        let reader = try ImportFormat.osm.reader(path: extract, options: options)
        let report = try await Importer.run(reader, into: repository, options: options)
        return report.accepted
    }

    private func loadInvented(stop: StopSignals) async throws {
        guard count > 0 else { return }
        let bar = ProgressLine("Inventing salons", unit: "salons", total: count)
        defer { bar.clear() }
        let tenants = DemoTenant.tenants(Self.tenantCount)
        var batches: [[ImportedSalon]] = Array(repeating: [], count: tenants.count)
        var repositories: [SalonRepository] = []
        for tenant in tenants {
            let scope = try await scope(tenant.slug.text, name: tenant.name, country: "DK")
            repositories.append(SalonRepository(graph.database, scope: scope))
        }
        for (number, profile) in DemoGenerator(seed: Self.seed, count: count).enumerated() {
            guard !stop.isStopping else { return }
            let index = number % tenants.count
            batches[index].append(ImportedSalon(profile: profile))
            if batches[index].count == 5_000 {
                _ = try await repositories[index].upsert(batches[index])
                batches[index].removeAll(keepingCapacity: true)
            }
            bar.update(count: number)
        }
        for (index, batch) in batches.enumerated() where !batch.isEmpty {
            _ = try await repositories[index].upsert(batch)
        }
    }

    /// Services, people and bookings for all of them, the real salons' too; the calendars are marked as invented.
    private func loadCalendars(stop: StopSignals) async throws -> DemoCalendarLoader.Outcome {
        var groups: [DemoCalendarLoader.Group] = []
        if FileManager.default.fileExists(atPath: extract) {
            groups.append(.init(scope: try await helsinki(), source: Self.helsinkiSource))
        }
        for tenant in DemoTenant.tenants(count > 0 ? Self.tenantCount : 0) {
            let scope = try await scope(tenant.slug.text, name: tenant.name, country: "DK")
            groups.append(.init(scope: scope, source: DemoGenerator.source))
        }
        return try await DemoCalendarLoader(graph: graph, seed: Self.seed)
            .load(groups, isStopping: { stop.isStopping })
    }

    private func helsinki() async throws -> TenantScope {
        try await scope("helsinki-osm", name: "Helsinki (OpenStreetMap)", country: "FI")
    }

    private func scope(_ slug: String, name: String, country: String) async throws -> TenantScope {
        guard let slug = TenantSlug(slug) else { throw CommandError("'\(slug)' is not a slug") }
        if try await graph.tenants.tenant(slug: slug) == nil {
            _ = try await graph.tenants.create(slug: slug, name: name, country: country)
        }
        return try await graph.resolver.commandLineScope(tenant: slug)
    }
}
