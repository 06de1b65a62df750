/// Why a scope was refused something.
public enum TenancyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The marketplace was asked to write.
    case marketplaceIsReadOnly
    /// No tenant has this slug.
    case unknownTenant(String)

    /// A sentence for the caller.
    public var description: String {
        switch self {
        case .marketplaceIsReadOnly: "the marketplace can only read"
        case .unknownTenant(let slug): "there is no tenant '\(slug)'; `salons tenant list` shows those there are"
        }
    }
}

/// Why a request's credential opens nothing.
public enum CredentialError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no such key, or it was revoked.
    case unknown
    /// The key is bound to other origins than the request's.
    case originNotAllowed
    /// The key cannot be looked up at present.
    case unavailable

    /// A sentence for the caller; says nothing about whose key it is.
    public var description: String {
        switch self {
        case .unknown: "the key is not known or was revoked"
        case .originNotAllowed: "the key is not bound to this origin"
        case .unavailable: "the key cannot be checked at present"
        }
    }
}
