public import Salons

/// Proof of whose data a piece of work may see.
///
/// It cannot be made up: a tenant's scope comes from a resolved credential (`CredentialResolver`) or from an operator
/// who names the tenant on the command line. The marketplace needs no credential, because its role reads nothing but
/// what every tenant has published.
public struct TenantScope: Sendable, Hashable {
    /// Whose data.
    public enum Audience: Sendable, Hashable, CustomStringConvertible {
        /// The published salons of all tenants, read only.
        case marketplace
        /// All data of one tenant.
        case tenant(TenantID)

        /// The name in cache keys: `public`, or the tenant's identifier.
        public var description: String {
            switch self {
            case .marketplace: "public"
            case .tenant(let id): id.description
            }
        }
    }

    /// In whose name. The database judges by it, so that no way in can forget to.
    public enum Actor: Sendable, Hashable {
        /// Whoever comes without a credential, with a publishable key or by a tenant's host: sees and books what is
        /// published, and keeps to the cancellation window.
        case customer
        /// The tenant itself, at the command line: sees and books all of its salons, at any time.
        case `operator`
    }

    /// Whose data this scope opens.
    public let audience: Audience
    /// In whose name.
    public let actor: Actor

    init(audience: Audience, actor: Actor) {
        self.audience = audience
        self.actor = actor
    }

    /// The same data, as one of the tenant's customers sees them.
    public var asCustomer: TenantScope { TenantScope(audience: audience, actor: .customer) }

    /// Customers who search all tenants.
    public static let marketplace = TenantScope(audience: .marketplace, actor: .customer)

    /// The tenant, unless this is the marketplace.
    public var tenant: TenantID? {
        if case .tenant(let id) = audience { id } else { nil }
    }
}

/// Proof that the platform itself is at work, across tenants: migrations, the directory's feed, the administration of
/// tenants. Each has a role of its own that can do that and nothing else.
public struct PlatformAccess: Sendable, Hashable {
    /// What the platform does.
    public enum Duty: String, Sendable, Hashable {
        /// Reads the outbox's positions and the published salons, for the directory.
        case feed = "salons_feed"
        /// Makes and lists tenants, and keeps their credentials.
        case administration = "salons_platform"
        /// Follows events for good, and removes old ones.
        case events = "salons_events"
        /// Works at jobs.
        case jobs = "salons_jobs"
    }

    /// What this access is for.
    public let duty: Duty

    /// For the directory of this process.
    public static func feed() -> PlatformAccess { PlatformAccess(duty: .feed) }

    /// For the consumers of events, and whoever looks after them.
    public static func events() -> PlatformAccess { PlatformAccess(duty: .events) }

    /// For the workers of this process, and whoever looks after jobs.
    public static func jobs() -> PlatformAccess { PlatformAccess(duty: .jobs) }

    /// What a worker may see and do for the tenant of a job that it has taken; nil for any other duty.
    public func scope(of tenant: TenantID) -> TenantScope? {
        duty == .jobs ? TenantScope(audience: .tenant(tenant), actor: .operator) : nil
    }

    /// For an operator at the command line, and for looking credentials up.
    public static func administration() -> PlatformAccess { PlatformAccess(duty: .administration) }
}
