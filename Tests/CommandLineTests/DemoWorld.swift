import Calendars
import Catalogue
import DemoData
import Foundation
import Harness
import Logging
import OpeningHours
import Reservations
import Salons
import Scheduling
import Tenancy
import Testing

@testable import salons

/// A database of the test's own with invented salons of one tenant, without calendars at first.
struct DemoWorld: Sendable {
    static let tenant = "opdigtet-demo"

    let url: String
    let graph: ServiceGraph
    let scope: TenantScope

    init(salons count: Int) async throws {
        let store = try await Store.migrated()
        url = store.ownerURL
        scope = try await store.tenant(Self.tenant)
        let settings = try await Settings.load(
            flags: [.databaseURL: url, .redisURL: "", .migrations: Store.migrations])
        graph = try ServiceGraph(settings: settings, logger: .silent)
        _ = try await SalonRepository(graph.database, scope: scope)
            .upsert(DemoGenerator(seed: 1, count: count).map { ImportedSalon(profile: $0) })
    }

    /// Invents what is missing.
    func load() async throws -> DemoCalendarLoader.Outcome {
        try await DemoCalendarLoader(graph: graph, seed: 1).load([.init(scope: scope, source: DemoGenerator.source)])
    }

    /// The first row that a superuser is answered.
    @discardableResult
    func sql(_ text: String) async throws -> String { try await Psql.run(text, at: url) }

    /// The first two offers of a salon that has as many in the next days, in its order.
    func offers() async throws -> (roster: Roster, offers: [Offer]) {
        let now = Date()
        for salon in try await salons() {
            let reading = try await graph.calendars.reading(
                of: [salon.id], from: now - 86_400, to: now + 9 * 86_400, scope: scope)
            guard let roster = reading.rosters[salon.id], let service = roster.services.first else { continue }
            let offers = roster.offers(
                of: service.id, in: now + 3_600..<(now + 7 * 86_400), now: now,
                free: roster.freeTime(busy: reading.busy, from: UTCDay(of: now), days: 8), limit: 200)
            guard let first = offers.first, let later = offers.last(where: { $0.staff == first.staff }),
                later.start >= first.end
            else { continue }
            return (roster, [first, later])
        }
        throw CommandError("no salon has offers")
    }

    /// The salons in the order of their references.
    func salons() async throws -> [Salon] {
        try await SalonRepository(graph.database, scope: scope).salons(source: DemoGenerator.source, limit: 1_000)
    }
}
