// Stub of the lead, for compiling the modules above; delete together with the placeholder.
public import Salons
public struct TenantScope: Sendable, Hashable {
    public enum Audience: Sendable, Hashable { case marketplace, tenant(TenantID) }
    public let audience: Audience
    public static let marketplace = TenantScope(audience: .marketplace)
    public var tenant: TenantID? { if case .tenant(let id) = audience { id } else { nil } }
}
public enum CredentialError: Error { case unknown, originNotAllowed, unavailable }
