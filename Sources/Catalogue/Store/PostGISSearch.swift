public import Directory
import Foundation
import Geodesy
import Geometry
import OpeningHours
import Postgres
import Salons
public import Tenancy

/// PostGIS as a `SalonSearch`: the truth that the grid is held to, and the search of programs without a directory.
///
/// Distances are `ST_Distance` on `geography`. Candidates come from ranges of the btree on (tenant, cell), because
/// under row-level security PostGIS's own operators may not use an index. Opening hours are judged in Swift on ordered
/// batches.
public struct PostGISSearch: SalonSearch {
    private let database: ScopedDatabase

    /// Searches this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// The page that a query asks for.
    public func search(_ query: SalonQuery, scope: TenantScope) async throws -> SearchPage {
        try await database.read(scope, isolation: .repeatableRead) { connection in
            try Self.page(query, scope: scope, connection)
        }
    }

    private static func page(
        _ query: SalonQuery, scope: TenantScope, _ connection: isolated Connection
    ) throws -> SearchPage {
        guard case .everywhere = query.region, query.order == .distance else {
            return try collect(query, within: nil, scope: scope, connection)
        }
        // k-nearest without a radius: a circle that grows until it holds the page and one more.
        var radius = max(1_000, (query.after?.distance.value ?? 0) * 1.5)
        while radius < 5_000_000 {
            let page = try collect(query, within: Meters(radius), scope: scope, connection)
            if page.hasMore || page.hits.count > query.limit { return page }
            radius *= 4
        }
        return try collect(query, within: nil, scope: scope, connection)
    }

    /// Fills a page batch by batch, since opening hours drop rows that SQL lets through.
    private static func collect(
        _ query: SalonQuery, within radius: Meters?, scope: TenantScope, _ connection: isolated Connection
    ) throws -> SearchPage {
        var statement = SearchStatement(query, within: radius, scope: scope)
        var hits: [SalonHit] = []
        let batch = query.filter.openAt == nil ? query.limit + 1 : max(200, query.limit + 1)
        while true {
            let rows = try connection.query(statement.sql(limit: batch))
            for row in rows {
                let candidate = try Candidate(row, order: query.order)
                statement.after = candidate.hit.key
                if let instant = query.filter.openAt, !candidate.isOpen(at: instant) { continue }
                hits.append(candidate.hit)
                if hits.count > query.limit {
                    return SearchPage(hits: Array(hits.prefix(query.limit)), hasMore: true)
                }
            }
            if rows.count < batch { return SearchPage(hits: hits, hasMore: false) }
        }
    }
}

/// One row of a search.
private struct Candidate {
    let hit: SalonHit
    private let openingHours: String?
    private let timeZone: String?
    private let country: String?

    init(_ row: Row, order: SearchOrder) throws {
        let (id, tenant, distance, quality, hours, zone, country) = try row.decode(
            UUID.self, UUID.self, Double.self, Int32.self, String?.self, String?.self, String?.self)
        let key = order.key(distance: Meters(distance), quality: quality, id: SalonID(id))
        self.hit = SalonHit(id: SalonID(id), tenant: TenantID(tenant), key: key)
        self.openingHours = hours
        self.timeZone = zone
        self.country = country
    }

    func isOpen(at instant: Date) -> Bool {
        guard let openingHours, let zone = timeZone.flatMap({ TimeZone(identifier: $0) }) else { return false }
        let holidays = HolidayCalendar.of(country: country ?? "")
        return OpeningHours(openingHours).state(at: instant, in: zone, holidays: holidays).status == .open
    }
}
