public import Directory
public import Salons
public import Tenancy

/// One salon that a search found, with its place in the order.
public struct SalonHit: Sendable, Hashable {
    /// Identity.
    public let id: SalonID
    /// Owning tenant.
    public let tenant: TenantID
    /// Place in the order; holds the exact distance.
    public let key: SortKey

    /// Names a hit.
    public init(id: SalonID, tenant: TenantID, key: SortKey) {
        self.id = id
        self.tenant = tenant
        self.key = key
    }
}

/// A page of hits.
public struct SearchPage: Sendable {
    /// In the order that was asked for.
    public let hits: [SalonHit]
    /// Whether another page follows.
    public let hasMore: Bool

    /// Gathers a page.
    public init(hits: [SalonHit], hasMore: Bool) {
        self.hits = hits
        self.hasMore = hasMore
    }
}

/// Answers where-questions. The grid and PostGIS both do, and one contract suite holds them to the same answers.
public protocol SalonSearch: Sendable {
    /// The page that a query asks for. The scope, not the query, decides whose salons are seen.
    func search(_ query: SalonQuery, scope: TenantScope) async throws -> SearchPage
}
