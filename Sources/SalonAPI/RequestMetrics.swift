import Synchronization

/// What the HTTP door counts: requests by route and status, and how long they took.
///
/// Routes are templates and statuses come from our own code, so the number of series is bounded.
final class RequestMetrics: Sendable {
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
        let index = route.rawValue
        latencies[index].observe(duration)
        statuses[index][min(max(status, 0), 599)].add(1)
    }

    /// Requests of a route answered with a status.
    func count(_ route: Route, status: Int) -> Int64 {
        statuses[route.rawValue][status].value
    }

    /// The lines of the exposition format.
    func write(to output: inout String) {
        output += "# HELP salons_http_requests_total Answered requests.\n# TYPE salons_http_requests_total counter\n"
        for (index, route) in Route.allCases.enumerated() {
            for (status, counter) in statuses[index].enumerated() where counter.value > 0 {
                output +=
                    "salons_http_requests_total{route=\"\(route.template)\",status=\"\(status)\"} \(counter.value)\n"
            }
        }
        output += "# HELP salons_http_request_duration_seconds Time from the request's head to the answer.\n"
        output += "# TYPE salons_http_request_duration_seconds histogram\n"
        for (index, route) in Route.allCases.enumerated() {
            latencies[index].write(
                name: "salons_http_request_duration_seconds", labels: "route=\"\(route.template)\"", to: &output)
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
}
