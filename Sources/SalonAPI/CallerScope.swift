import HTTPTypes
import Hummingbird
import Tenancy

/// Finds whose request it is: the key's tenant, else the host's, else the marketplace.
struct CallerScope: Sendable {
    let resolver: any ScopeResolving

    func scope(of request: Request) async throws -> TenantScope {
        do {
            guard let authorization = request.headers[.authorization] else {
                return try await resolver.scope(host: request.head.authority ?? "")
            }
            let parts = authorization.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else {
                throw Problem(kind: .unauthorized, detail: "write Authorization: Bearer KEY")
            }
            return try await resolver.scope(
                publishableKey: String(parts[1]), origin: request.headers[.origin])
        } catch let error as CredentialError {
            switch error {
            case .unknown: throw Problem(kind: .unauthorized, detail: "the key is not known or was revoked")
            case .originNotAllowed:
                throw Problem(kind: .originNotAllowed, detail: "the key is not bound to the origin of this request")
            case .unavailable: throw Problem(kind: .notReady, detail: "the key cannot be checked at present")
            }
        }
    }
}
