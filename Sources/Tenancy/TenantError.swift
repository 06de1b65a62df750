/// Why a tenant, or a name of one, could not be made or read, in terms that an operator can act on.
public enum TenantError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A tenant with this slug exists already.
    case slugTaken(String)
    /// The host is mapped to a tenant already.
    case hostTaken(String)
    /// The database holds a slug that is none.
    case malformedSlug(String)

    /// A sentence for the operator.
    public var description: String {
        switch self {
        case .slugTaken(let slug): "there is a tenant '\(slug)' already"
        case .hostTaken(let host): "the host \(host) is mapped to a tenant already"
        case .malformedSlug(let slug): "the database holds the slug '\(slug)', which is none"
        }
    }
}
