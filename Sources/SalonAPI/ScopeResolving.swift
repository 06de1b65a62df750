public import Tenancy

/// Finds whose request it is. `Tenancy.CredentialResolver` does, against the database; tests may stand in their own.
public protocol ScopeResolving: Sendable {
    /// The scope of a publishable key used from an origin (nil when the request names none). Throws `CredentialError`.
    func scope(publishableKey: String, origin: String?) async throws -> TenantScope

    /// The scope of a host name: a tenant that it is mapped to, else the marketplace.
    func scope(host: String) async throws -> TenantScope

    /// Whether a host is already known, without asking the database, to belong to the marketplace.
    func isMarketplace(host: String?) -> Bool
}
