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
                requestID: context.id)
        } else {
            response = await answer(request, isWrite: Self.isWrite(route, request), context: context)
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

    /// Whether the request may have had an effect that its sender does not know of when it ends early.
    private static func isWrite(_ route: Route, _ request: Request) -> Bool {
        route.isReservation && ![.get, .head, .options].contains(request.method)
    }

    private func answer(_ request: Request, isWrite: Bool, context: BasicRequestContext) async -> Response {
        do {
            return try await Deadline.run(within: configuration.requestDeadline) {
                try await inner.respond(to: request, context: context)
            }
        } catch let exceeded as Deadline.Exceeded {
            let detail = "no answer within \(exceeded.limit)"
            let problem = isWrite ? Problem.outcomeUnknown(detail) : Problem(kind: .deadlineExceeded, detail: detail)
            return problem.response(requestID: context.id)
        } catch {
            return problem(for: error, context: context).response(requestID: context.id)
        }
    }

    private func problem(for error: any Error, context: BasicRequestContext) -> Problem {
        if let problem = error as? Problem { return problem }
        // The caller has gone, or the server is about to; nobody reads this.
        if error is CancellationError { return .outcomeUnknown("the request was given up") }
        context.logger.error("request failed", metadata: ["error": "\(error)"])
        return Problem(kind: .internalError)
    }
}
