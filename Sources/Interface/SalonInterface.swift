public import BookingAPI
public import Discovery
public import HTTPKit
public import Logging
public import OperationsAPI
import SearchAPI
public import Tenancy

/// All doors as one interface: the list of its operations, what its document says of the whole, and who its callers
/// are.
public enum SalonInterface {
    /// The interface as a service.
    /// - Parameters:
    ///   - discovery: answers searches, and knows what the document's examples may speak of.
    ///   - booking: takes bookings; without it only searches are answered.
    ///   - resolver: says whose request it is.
    ///   - onListening: told the port once connections are accepted.
    public static func service(
        _ configuration: HTTPConfiguration, discovery: Discovery, booking: BookingAPI?, operations: OperationsAPI,
        resolver: any ScopeResolving, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> HTTPService<TenantScope> {
        let source = ExampleSource(discovery)
        return HTTPService(
            configuration: configuration,
            endpoints: SearchAPI(discovery).endpoints + (booking?.endpoints ?? []) + operations.endpoints(),
            interface: description, examples: { await source.examples() }, callers: TenantCallers(resolver: resolver),
            logger: logger, onListening: onListening)
    }

    private static let description = InterfaceDescription(
        title: "Salon discovery", version: "1.0.0",
        description:
            "Which salons are near me, and which can take me? Positions are WGS 84, distances geodesic metres, times "
            + "RFC 3339 with the salon's own offset. What cannot be answered is a problem (RFC 9457), whose `type` "
            + "leads to a page about it: see [/problems](/problems).",
        tags: [.salons, Tag(rawValue: "Holds and bookings"), .service],
        credential:
            "A tenant's publishable key, usable from the origins that it is bound to. Without one the caller is the "
            + "marketplace and sees the published salons of all tenants.",
        meanings: [
            404: "There is no such salon, hold or booking", 410: "The hold is over",
            422: "A rule forbids it, or the key was used for another request; `errors` names the member and the rule",
        ])
}
