public import Interface
public import Tenancy

/// What the HTTP door needs is what the resolver does.
extension CredentialResolver: ScopeResolving {}
