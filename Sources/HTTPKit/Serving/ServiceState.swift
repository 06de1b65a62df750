/// What handlers may know of the service that answers.
public struct ServiceState: Sendable {
    let metrics: RequestMetrics
    let drain: Drain

    /// Whether the service is about to stop, and should get no more requests.
    public var isStopping: Bool { drain.hasBegun }

    /// What the service has counted, as lines of Prometheus' exposition format.
    public var exposition: String {
        var text = ""
        metrics.write(to: &text)
        return text
    }
}
