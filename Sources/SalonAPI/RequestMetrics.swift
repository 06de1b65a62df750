import Synchronization

/// What the HTTP door counts: requests by route and status, and how long they took.
///
/// Routes are templates and statuses come from our own code, so the number of series is bounded.
final class RequestMetrics: Sendable {
    /// The routes that are counted by name; anything else is `other`.
    enum Route: String, Sendable, CaseIterable {
        case nearby = "/v1/salons/nearby"
        case salon = "/v1/salons/{id}"
        case healthz = "/healthz"
        case readyz = "/readyz"
        case metrics = "/metrics"
        case openapi = "/openapi.json"
        case docs = "/docs"
        case other = "other"

        /// The methods that the route has.
        var methods: [String] {
            switch self {
            case .nearby: ["GET", "HEAD", "POST", "OPTIONS"]
            case .salon: ["GET", "HEAD", "OPTIONS"]
            case .healthz, .readyz, .metrics, .openapi, .docs: ["GET", "HEAD"]
            case .other: []
            }
        }

        /// The template that a path belongs to.
        static func of(path: Substring) -> Route {
            if let exact = Route(rawValue: String(path)), exact != .other, exact != .salon { return exact }
            return path.hasPrefix("/v1/salons/") && !path.dropFirst(11).contains("/") ? .salon : .other
        }
    }

    private let latencies: [LatencyHistogram] = Route.allCases.map { _ in LatencyHistogram() }
    private let statuses: [[AtomicCounter]] = Route.allCases.map { _ in (0..<600).map { _ in AtomicCounter() } }
    /// Requests answered on the event loop without a task of their own.
    let answeredInline = AtomicCounter()
    /// Requests that are under way.
    let inFlight = AtomicCounter()
    /// Open connections.
    let connections = AtomicCounter()
    /// Connections closed because a request did not arrive in time.
    let slowClients = AtomicCounter()
    /// Requests refused because too many were under way.
    let shed = AtomicCounter()

    /// Counts one answered request.
    func record(_ route: Route, status: Int, duration: Duration) {
        let index = Self.index(of: route)
        latencies[index].observe(duration)
        statuses[index][min(max(status, 0), 599)].add(1)
    }

    /// Requests of a route answered with a status.
    func count(_ route: Route, status: Int) -> Int64 {
        statuses[Self.index(of: route)][status].value
    }

    /// The lines of the exposition format.
    func write(to output: inout String) {
        output += "# HELP salons_http_requests_total Answered requests.\n# TYPE salons_http_requests_total counter\n"
        for (index, route) in Route.allCases.enumerated() {
            for (status, counter) in statuses[index].enumerated() where counter.value > 0 {
                output +=
                    "salons_http_requests_total{route=\"\(route.rawValue)\",status=\"\(status)\"} \(counter.value)\n"
            }
        }
        output += "# HELP salons_http_request_duration_seconds Time from the request's head to the answer.\n"
        output += "# TYPE salons_http_request_duration_seconds histogram\n"
        for (index, route) in Route.allCases.enumerated() {
            latencies[index].write(
                name: "salons_http_request_duration_seconds", labels: "route=\"\(route.rawValue)\"", to: &output)
        }
        let counters: [(String, String, String, AtomicCounter)] = [
            ("salons_http_inline_total", "counter", "Requests answered on the event loop.", answeredInline),
            ("salons_http_in_flight", "gauge", "Requests under way.", inFlight),
            ("salons_http_connections", "gauge", "Open connections.", connections),
            (
                "salons_http_slow_clients_total", "counter", "Connections closed for a request that did not come.",
                slowClients
            ),
            ("salons_http_shed_total", "counter", "Requests refused under overload.", shed),
        ]
        for (name, type, help, counter) in counters {
            output += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n\(name) \(counter.value)\n"
        }
    }

    /// The place in `allCases`, without comparing texts: this is asked for every request.
    private static func index(of route: Route) -> Int {
        switch route {
        case .nearby: 0
        case .salon: 1
        case .healthz: 2
        case .readyz: 3
        case .metrics: 4
        case .openapi: 5
        case .docs: 6
        case .other: 7
        }
    }
}
