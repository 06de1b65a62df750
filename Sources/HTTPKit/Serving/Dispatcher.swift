import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Timing

/// Answers requests in tasks: finds the operation, sheds overload, finds the caller, keeps the deadline, turns every
/// error into problem+json, counts, and logs without query or position.
struct Dispatcher<Caller: Sendable>: HTTPResponder {
    typealias Context = HTTPContext

    let endpoints: [Endpoint<Caller>]
    let table: RouteTable
    let callers: any CallerResolving<Caller>
    let configuration: HTTPConfiguration
    let state: ServiceState
    let streams: Streams

    private var metrics: RequestMetrics { state.metrics }

    func respond(to request: Request, context: HTTPContext) async throws -> Response {
        let start = ContinuousClock.now
        metrics.inFlight.add(1)
        defer { metrics.inFlight.add(-1) }
        let target = request.head.path ?? ""
        let path = RouteTable.parts(of: target).path
        var index: Int?
        var response: Response
        switch table.match(request.method, path) {
        case .operation(let found, let values):
            index = found
            response = await respond(to: request, found, values, target, context)
        case .preflight(let preflight):
            response = Response(head: head(nil, request).head(of: preflight))
        case .wrongMethod(let allowed):
            let problem = Problem(.methodNotAllowed, "\(request.method) is not allowed here")
            response = self.response(problem, nil, request, context, allowed: allowed)
        case .nothing:
            response = self.response(
                Problem(.notFound, "there is no such path; see /docs"), nil, request, context)
        }
        record(index, response, since: start, request, context)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func record(
        _ index: Int?, _ response: Response, since start: ContinuousClock.Instant, _ request: Request,
        _ context: HTTPContext
    ) {
        let duration = ContinuousClock.now - start
        metrics.record(index, status: response.status.code, duration: duration)
        let level: Logger.Level =
            response.status.code >= 500 && response.status != .serviceUnavailable ? .error : .debug
        context.logger.log(
            level: level, "answered",
            metadata: [
                "method": "\(request.method)", "route": "\(index.map { endpoints[$0].operation.path } ?? "other")",
                "status": "\(response.status.code)", "duration_ms": "\(duration / .milliseconds(1))",
            ])
    }

    // MARK: One operation

    private func respond(
        to request: Request, _ index: Int, _ values: [(name: String, value: String)], _ target: String,
        _ context: HTTPContext
    ) async -> Response {
        let endpoint = endpoints[index]
        let operation = endpoint.operation
        if let share = operation.limits.share,
            metrics.inFlight.value > Int64(share.rawValue * configuration.maximumRequestsInFlight)
        {
            metrics.shed.add(1)
            return response(Problem(.overloaded, "too many requests are under way"), operation, request, context)
        }
        var place: Streams.Place?
        if let streaming = operation.limits.streaming {
            place = streams.place(index, maximum: streaming.maximum)
            guard place != nil else {
                metrics.shed.add(1)
                return response(Problem(.overloaded, "too many streams are open"), operation, request, context)
            }
        }
        var request = request
        let upload = Upload(of: &request)
        do {
            let (reply, asker) = try await Deadline.run(
                within: operation.limits.deadline ?? configuration.requestDeadline
            ) { [request] in
                try await answer(request, endpoint, values, target, context)
            }
            return response(reply, asker, operation, place)
        } catch {
            let failure = error as? Failure
            let problem = problem(
                for: failure?.error ?? error, operation, isSenderLate: upload?.isAwaited == true, context)
            return response(problem, operation, request, context, asker: failure?.asker)
        }
    }

    private func answer(
        _ request: Request, _ endpoint: Endpoint<Caller>, _ values: [(name: String, value: String)],
        _ target: String, _ context: HTTPContext
    ) async throws -> (Reply, AnswerHead.Asker) {
        var asker = asker(request)
        asker.target = target
        do {
            return (try await answer(request, endpoint, values, target, context, &asker), asker)
        } catch {
            throw Failure(error: error, asker: asker)
        }
    }

    /// What went wrong, and what was known of the caller by then.
    private struct Failure: Error {
        let error: any Error
        let asker: AnswerHead.Asker
    }

    private func answer(
        _ request: Request, _ endpoint: Endpoint<Caller>, _ values: [(name: String, value: String)],
        _ target: String, _ context: HTTPContext, _ asker: inout AnswerHead.Asker
    ) async throws -> Reply {
        var caller: Caller?
        if let access = endpoint.access {
            let credential = try Credential(request.head)
            let found = try await resolve(credential)
            asker.hasCredential = credential.bearer != nil
            asker.audience = callers.audience(of: found)
            switch access.judge(found) {
            case .admitted: break
            case .needsCredential: throw Problem(.unauthorized, "the call needs a credential")
            case .refused: throw Problem(.forbidden, "the call is for \(access.name)")
            }
            caller = found
        }
        var incoming = Incoming(query: RouteTable.parts(of: target).query)
        incoming.parts.path = values
        let headers = request.headers
        incoming.parts.header = { headers[values: .known($0)] }
        if endpoint.operation.body != nil {
            incoming.body = try await request.jsonBytes(upTo: endpoint.operation.limits.bodyBytes)
        }
        let call = CallContext(logger: context.logger, service: state)
        return try await endpoint.answer(incoming, caller, call)
    }

    private func resolve(_ credential: Credential) async throws(Problem) -> Caller {
        do throws(CredentialRefusal) {
            return try await callers.caller(of: credential)
        } catch {
            throw error.problem
        }
    }

    // MARK: Faults

    private func problem(
        for error: any Error, _ operation: Operation, isSenderLate: Bool, _ context: HTTPContext
    ) -> Problem {
        if let problem = error as? Problem { return problem }
        if let exceeded = error as? Deadline.Exceeded {
            // Whom we wait for is the sender.
            if isSenderLate { return .bodyTooSlow }
            let detail = "no answer within \(exceeded.limit)"
            return operation.effect.repetition.map { .outcomeUnknown(detail, $0) }
                ?? Problem(.deadlineExceeded, detail)
        }
        // The caller has gone, or the service is about to.
        if error is CancellationError {
            let detail = "the request was given up"
            return operation.effect.repetition.map { .outcomeUnknown(detail, $0) } ?? Problem(.unavailable, detail)
        }
        if let error = error as? any HTTPResponseError {
            if error.status == .contentTooLarge { return .bodyTooLarge(limit: operation.limits.bodyBytes) }
            if error.status.kind == .clientError {
                return Problem(.invalidRequest, (error as? HTTPError)?.body)
            }
        }
        context.logger.error("request failed", metadata: ["error": "\(error)"])
        return Problem(.internalError)
    }

    // MARK: Responses

    private func asker(_ request: Request) -> AnswerHead.Asker {
        var asker = AnswerHead.Asker()
        asker.origin = request.headers[.origin]
        // For other methods the field is a condition on the write, which no operation takes.
        if [.get, .head].contains(request.method) { asker.copies = request.headers[.ifNoneMatch] }
        return asker
    }

    private func head(_ operation: Operation?, _ request: Request) -> AnswerHead {
        AnswerHead(asker: asker(request), operation: operation)
    }

    private func response(
        _ problem: Problem, _ operation: Operation?, _ request: Request, _ context: HTTPContext,
        allowed: String? = nil, asker: AnswerHead.Asker? = nil
    ) -> Response {
        let bytes = problem.json(requestID: context.id, base: configuration.problemBase)
        return Response(
            head: AnswerHead(asker: asker ?? self.asker(request), operation: operation)
                .head(of: problem, allowed: allowed),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func response(
        _ reply: Reply, _ asker: AnswerHead.Asker, _ operation: Operation, _ place: Streams.Place?
    ) -> Response {
        let (head, hasContent) = AnswerHead(asker: asker, operation: operation).head(of: reply)
        guard hasContent else { return Response(head: head) }
        switch reply.content {
        case .none: return Response(head: head)
        case .bytes(let bytes, _): return Response(head: head, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        case .pieces(let write, _):
            var buffer = ByteBufferAllocator().buffer(capacity: 16_384)
            write { buffer.writeBytes($0) }
            return Response(head: head, body: .init(byteBuffer: buffer))
        case .stream(let stream):
            guard let place, let limits = operation.limits.streaming else { return Response(head: head) }
            return Response(head: head, body: streams.body(stream, limits, place: place))
        }
    }
}

extension Response {
    fileprivate init(head: HTTPResponse, body: ResponseBody = ResponseBody()) {
        self.init(status: head.status, headers: head.headerFields, body: body)
    }
}

extension CredentialRefusal {
    /// The refusal in the words of HTTP.
    var problem: Problem {
        switch self {
        case .unknown: Problem(.unauthorized, "the key is not known or was revoked")
        case .originNotAllowed: Problem(.originNotAllowed, "the key is not bound to the origin of this request")
        case .unavailable: Problem(.notReady, "the key cannot be checked at present")
        }
    }
}
