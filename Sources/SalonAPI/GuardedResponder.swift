import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization
import Timing

/// Stands around the router: sheds overload, keeps the deadline, turns every error into problem+json, counts, and logs
/// without query or position.
struct GuardedResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context == BasicRequestContext {
    let inner: Inner
    let configuration: APIConfiguration
    let metrics: RequestMetrics

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        let route = Route.of(path: request.uri.path[...])
        var response: Response
        metrics.inFlight.add(1)
        defer { metrics.inFlight.add(-1) }
        if let share = route.share,
            metrics.inFlight.value > Int64(share * configuration.maximumRequestsInFlight)
        {
            metrics.shed.add(1)
            response = Problem(kind: .overloaded, detail: "too many requests are under way").response(
                requestID: context.id, base: configuration.problemBase)
        } else {
            response = await answer(request, repetition: Self.repetition(route, request), context: context)
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        let duration = ContinuousClock.now - start
        metrics.record(route, status: response.status.code, duration: duration)
        let level: Logger.Level =
            response.status.code >= 500 && response.status != .serviceUnavailable ? .error : .debug
        context.logger.log(
            level: level, "answered",
            metadata: [
                "method": "\(request.method)", "route": "\(route.template)", "status": "\(response.status.code)",
                "duration_ms": "\(duration / .milliseconds(1))",
            ])
        return response
    }

    /// How its sender finds out whether a request that ended early had an effect; nil for one that has none.
    private static func repetition(_ route: Route, _ request: Request) -> Problem.Repetition? {
        guard route.isReservation, ![.get, .head, .options].contains(request.method) else { return nil }
        return route == .customer ? .withoutKey : .withKey
    }

    private func answer(
        _ request: Request, repetition: Problem.Repetition?, context: BasicRequestContext
    ) async -> Response {
        var request = request
        let upload = Upload(of: &request)
        do {
            return try await Deadline.run(within: configuration.requestDeadline) { [request] in
                try await inner.respond(to: request, context: context)
            }
        } catch let exceeded as Deadline.Exceeded {
            // Whom we wait for is the sender.
            if upload?.isAwaited == true {
                return Problem.bodyTooSlow.response(requestID: context.id, base: configuration.problemBase)
            }
            let detail = "no answer within \(exceeded.limit)"
            let problem =
                repetition.map { Problem.outcomeUnknown(detail, $0) }
                ?? Problem(kind: .deadlineExceeded, detail: detail)
            return problem.response(requestID: context.id, base: configuration.problemBase)
        } catch {
            return problem(for: error, repetition, context: context).response(
                requestID: context.id, base: configuration.problemBase)
        }
    }

    private func problem(
        for error: any Error, _ repetition: Problem.Repetition?, context: BasicRequestContext
    ) -> Problem {
        if let problem = error as? Problem { return problem }
        // The caller has gone, or the server is about to.
        if error is CancellationError {
            let detail = "the request was given up"
            return repetition.map { .outcomeUnknown(detail, $0) } ?? Problem(kind: .unavailable, detail: detail)
        }
        context.logger.error("request failed", metadata: ["error": "\(error)"])
        return Problem(kind: .internalError)
    }
}
