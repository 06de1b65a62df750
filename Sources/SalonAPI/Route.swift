/// The paths that are counted by name; anything else is `other`.
enum Route: Int, Sendable, CaseIterable {
    // A literal path stands before the template that would also take it.
    case nearby
    case available
    case salon
    case slots
    case services
    case staff
    case holds
    case hold
    case bookings
    case booking
    case customer
    case lookup
    case healthz
    case readyz
    case metrics
    case openapi
    case docs
    case docsFile
    case problems
    case problem
    case other

    /// The path as the document writes it.
    var template: String {
        switch self {
        case .nearby: "/v1/salons/nearby"
        case .available: "/v1/salons/available"
        case .salon: "/v1/salons/{id}"
        case .slots: "/v1/salons/{id}/slots"
        case .services: "/v1/salons/{id}/services"
        case .staff: "/v1/salons/{id}/staff"
        case .holds: "/v1/holds"
        case .hold: "/v1/holds/{id}"
        case .bookings: "/v1/bookings"
        case .booking: "/v1/bookings/{id}"
        case .customer: "/v1/bookings/{id}/customer"
        case .lookup: "/v1/availability:lookup"
        case .healthz: "/healthz"
        case .readyz: "/readyz"
        case .metrics: "/metrics"
        case .openapi: "/openapi.json"
        case .docs: "/docs"
        case .docsFile: "/docs/{file}"
        case .problems: "/problems"
        case .problem: "/problems/{name}"
        case .other: "other"
        }
    }

    /// The methods that the path has.
    var methods: [String] {
        switch self {
        case .nearby: ["GET", "HEAD", "POST", "OPTIONS"]
        case .available, .salon, .slots, .services, .staff: ["GET", "HEAD", "OPTIONS"]
        case .holds, .bookings, .lookup: ["POST", "OPTIONS"]
        case .hold, .customer: ["DELETE", "OPTIONS"]
        case .booking: ["GET", "HEAD", "PATCH", "DELETE", "OPTIONS"]
        case .healthz, .readyz, .metrics, .openapi, .docs, .docsFile, .problems, .problem: ["GET", "HEAD"]
        case .other: []
        }
    }

    /// Whether it is answered from calendars, and so only where there is a desk for reservations.
    var needsDesk: Bool {
        switch self {
        case .slots, .services, .staff, .lookup: true
        default: isReservation
        }
    }

    /// Whether it changes reservations, so that a customer waits at the counter while a search can be repeated.
    var isReservation: Bool {
        switch self {
        case .holds, .hold, .bookings, .booking, .customer: true
        default: false
        }
    }

    /// How many times the bound on requests under way it may use: searches are refused before bookings are. Nil is never
    /// refused: what tells of the state of the service.
    var share: Int? {
        switch self {
        case .nearby, .available, .salon, .slots, .services, .staff, .lookup: 1
        case .holds, .hold, .bookings, .booking, .customer: 2
        case .healthz, .readyz, .metrics, .openapi, .docs, .docsFile, .problems, .problem, .other: nil
        }
    }

    private static let parts = allCases.map {
        ($0, $0.template.split(separator: "/", omittingEmptySubsequences: false))
    }

    /// The template that a path belongs to.
    static func of(path: Substring) -> Route {
        let given = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.first { _, template in
            template.count == given.count
                && zip(template, given).allSatisfy { $0 == $1 || ($0.first == "{" && !$1.isEmpty) }
        }?.0 ?? .other
    }
}
