import Catalogue
import Directory
import Salons
import Tenancy

/// The directory's grid as a `SalonSearch`.
struct GridSearch: SalonSearch {
    private let directory: Directory

    /// Searches this directory.
    init(_ directory: Directory) {
        self.directory = directory
    }

    /// The page that a query asks for, from memory.
    func search(_ query: SalonQuery, scope: TenantScope) async throws -> SearchPage {
        var query = query
        query.tenant = scope.tenant
        let result = try directory.search(query)
        return SearchPage(
            hits: result.hits.map {
                SalonHit(id: result.id(of: $0), tenant: result.tenant(of: $0), key: result.sortKey(of: $0))
            }, hasMore: result.hasMore)
    }
}
