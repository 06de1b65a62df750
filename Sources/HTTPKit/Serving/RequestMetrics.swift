import Synchronization

/// What the HTTP service counts: requests by operation and status, and how long they took.
///
/// Operations and statuses are declared, so the number of series is bounded.
final class RequestMetrics: Sendable {
    /// The counters of one operation.
    private struct Series {
        let labels: String
        let latency = LatencyHistogram()
        /// What it can answer, in order, and last what it should not.
        let statuses: [Int]
        let counters: [AtomicCounter]

        init(labels: String, statuses: Set<Int>) {
            self.labels = labels
            self.statuses = statuses.sorted()
            counters = (0...statuses.count).map { _ in AtomicCounter() }
        }

        func counter(_ status: Int) -> AtomicCounter {
            counters[statuses.firstIndex(of: status) ?? statuses.count]
        }
    }

    private let series: [Series]
    /// Requests answered on the event loop without a task of their own.
    let answeredInline = AtomicCounter()
    /// Requests that are under way.
    let inFlight = AtomicCounter()
    /// Streams that are open.
    let streams = AtomicCounter()
    /// Open connections.
    let connections = AtomicCounter()
    /// Connections closed because a request did not arrive in time.
    let slowClients = AtomicCounter()
    /// Requests refused because too many were under way.
    let shed = AtomicCounter()
    /// Answers with a status that their operation does not declare: a mistake of ours.
    let undeclared = AtomicCounter()

    /// What requests that reach no operation are answered.
    private static let elsewhere: Set<Int> = [204, 400, 404, 405, 408, 413, 500, 503]

    init(_ operations: [Operation]) {
        series =
            operations.map {
                Series(labels: "method=\"\($0.method.rawValue)\",route=\"\($0.path)\"", statuses: $0.statuses)
            } + [Series(labels: "method=\"\",route=\"other\"", statuses: Self.elsewhere)]
    }

    /// Counts one answered request.
    /// - Parameter operation: its index; nil for a request that reached none.
    func record(_ operation: Int?, status: Int, duration: Duration) {
        let series = series[operation ?? self.series.count - 1]
        series.latency.observe(duration)
        series.counter(status).add(1)
        if series.statuses.firstIndex(of: status) == nil { undeclared.add(1) }
    }

    /// The lines of the exposition format.
    func write(to output: inout String) {
        output += "# HELP salons_http_requests_total Answered requests.\n# TYPE salons_http_requests_total counter\n"
        for series in series {
            for (index, counter) in series.counters.enumerated() where counter.value > 0 {
                let status = index < series.statuses.count ? "\(series.statuses[index])" : "other"
                output += "salons_http_requests_total{\(series.labels),status=\"\(status)\"} \(counter.value)\n"
            }
        }
        output += "# HELP salons_http_request_duration_seconds Time from the request's head to the answer.\n"
        output += "# TYPE salons_http_request_duration_seconds histogram\n"
        for series in series {
            series.latency.write(name: "salons_http_request_duration_seconds", labels: series.labels, to: &output)
        }
        let counters: [(String, String, String, AtomicCounter)] = [
            ("salons_http_inline_total", "counter", "Requests answered on the event loop.", answeredInline),
            ("salons_http_in_flight", "gauge", "Requests under way.", inFlight),
            ("salons_http_streams", "gauge", "Streams that are open.", streams),
            ("salons_http_connections", "gauge", "Open connections.", connections),
            (
                "salons_http_slow_clients_total", "counter", "Connections closed for a request that did not come.",
                slowClients
            ),
            ("salons_http_shed_total", "counter", "Requests refused under overload.", shed),
            (
                "salons_http_undeclared_total", "counter", "Answers with a status that the document does not tell.",
                undeclared
            ),
        ]
        for (name, type, help, counter) in counters {
            output += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n\(name) \(counter.value)\n"
        }
    }
}
