public import HTTPKit

/// The operations of those who run the service: alive, ready, figures.
public struct OperationsAPI: Sendable {
    private let readiness: @Sendable () async -> Readiness
    private let gathered: @Sendable () async -> [Metric]

    /// - Parameters:
    ///   - readiness: what the instance can serve at this moment.
    ///   - gathered: the figures of the modules, besides those of HTTP.
    public init(
        readiness: @escaping @Sendable () async -> Readiness, gathered: @escaping @Sendable () async -> [Metric]
    ) {
        self.readiness = readiness
        self.gathered = gathered
    }

    /// Every operation of this door, whoever the callers of the others are.
    public func endpoints<Caller>() -> [Endpoint<Caller>] { [health(), ready(), metrics()] }

    private func health<Caller>() -> Endpoint<Caller> {
        let alive = Answer.json(200, "The process answers.", Shape<Bool>([Property("alive", .boolean) { $0 }]))
        return .open(
            .get, "/healthz", name: "getHealth", "Alive", tag: .service, parameters: .none, answers: [alive]
        ) { _, _ in alive(true) }
    }

    private func ready<Caller>() -> Endpoint<Caller> {
        let isReady = Answer.json(
            200,
            "Searches are answered. `parts` says what else is: whether searches are up to date, availability, "
                + "bookings, the cache. A database that is away or lags does not make an instance "
                + "unready.", Readiness.shape)
        let isNot = Answer.json(
            503, "Not ready",
            Shape<Readiness?>([
                Property("ready", .boolean) { _ in false },
                .optional("stopping", .boolean, "The service stops, and looks at nothing any more.") {
                    $0 == nil ? true : nil
                },
                .optional("parts", Readiness.parts) { $0 },
            ]))
        return .open(
            .get, "/readyz", name: "getReadiness", "Ready", tag: .service, parameters: .none, answers: [isReady, isNot]
        ) { [readiness] _, call in
            // Before anything else, so that whoever sends requests here stops in time.
            if call.service.isStopping { return isNot(nil) }
            let state = await readiness()
            return state.isReady ? isReady(state) : isNot(state)
        }
    }

    private func metrics<Caller>() -> Endpoint<Caller> {
        let type = "text/plain; version=0.0.4; charset=utf-8"
        let figures = Answer.bytes(200, "Prometheus text format.", type: type)
        return .open(
            .get, "/metrics", name: "getMetrics", "Metrics", tag: .service, parameters: .none, answers: [figures]
        ) { [gathered] _, call in
            var text = call.service.exposition
            Metric.write(await gathered(), to: &text)
            return figures(Array(text.utf8))
        }
    }
}
