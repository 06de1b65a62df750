/// What a request shows of its caller.
public struct Credential: Sendable, Equatable {
    /// The host that was asked for, maybe with a port.
    public var host: String?
    /// What follows `Bearer` in `Authorization`.
    public var bearer: String?
    /// The origin of the page, if a browser asks for one.
    public var origin: String?

    /// Describes a request.
    public init(host: String?, bearer: String?, origin: String?) {
        self.host = host
        self.bearer = bearer
        self.origin = origin
    }
}

/// Why a credential opens nothing.
public enum CredentialRefusal: Error, Sendable, Equatable {
    /// It is not known, or was revoked.
    case unknown
    /// It is not bound to the origin of the request.
    case originNotAllowed
    /// It cannot be checked at present.
    case unavailable
}

/// Finds out who asks. The doors are made for any kind of caller; whoever composes them says which.
public protocol CallerResolving<Caller>: Sendable {
    /// Who asks.
    associatedtype Caller: Sendable

    /// The caller of a request.
    func caller(of credential: Credential) async throws(CredentialRefusal) -> Caller

    /// The caller, where that is known at once, in memory; else nil.
    func knownCaller(of credential: Credential) -> Caller?

    /// Whose data the caller's answers hold, as it stands in entity tags; nil is what everybody may see.
    func audience(of caller: Caller) -> String?
}
