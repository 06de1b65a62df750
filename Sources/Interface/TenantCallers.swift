import HTTPKit
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

/// Callers by their scope: the key's tenant, else the host's, else the marketplace.
struct TenantCallers: CallerResolving {
    let resolver: any ScopeResolving

    func caller(of credential: Credential) async throws(CredentialRefusal) -> TenantScope {
        do {
            guard let key = credential.bearer else { return try await resolver.scope(host: credential.host ?? "") }
            return try await resolver.scope(publishableKey: key, origin: credential.origin)
        } catch let error as CredentialError {
            switch error {
            case .unknown: throw .unknown
            case .originNotAllowed: throw .originNotAllowed
            case .unavailable: throw .unavailable
            }
        } catch {
            throw .unavailable
        }
    }

    func knownCaller(of credential: Credential) -> TenantScope? {
        credential.bearer == nil && resolver.isMarketplace(host: credential.host) ? .marketplace : nil
    }

    func audience(of caller: TenantScope) -> String? { caller.tenant.map { "\($0)" } }
}
