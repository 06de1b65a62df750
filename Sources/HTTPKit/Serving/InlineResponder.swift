import HTTPTypes
import Logging
import NIOCore
import NIOHTTPTypes

/// A request that may be answered on the event loop: where it goes has been decided.
struct InlineRequest {
    let head: HTTPRequest
    /// The operation's index.
    let operation: Int
    let path: [(name: String, value: String)]
}

/// Answers on the event loop, whoever the callers are.
protocol InlineAnswering: Sendable {
    /// The request, if it looks as if it could be answered here; nothing of its query is parsed yet.
    func accept(_ head: HTTPRequest) -> InlineRequest?

    /// Writes the answer without flushing; false when a task must answer.
    func respond(to request: InlineRequest, context: ChannelHandlerContext) -> Bool
}

/// Answers what comes from memory in microseconds on the event loop: a task and two hops between threads cost several
/// times a search. Refusals of parameters are answered here as well, so that no wrong value is parsed twice.
///
/// A request is taken only when every one of its header fields is known to make no difference, or is looked at here.
/// All others, and every question that an operation leaves alone, go to a task, which gives the same answers; the
/// contract tests ask both.
struct InlineResponder<Caller: Sendable>: InlineAnswering {
    let endpoints: [Endpoint<Caller>]
    let table: RouteTable
    let callers: any CallerResolving<Caller>
    let problemBase: String
    let state: ServiceState
    let logger: Logger

    /// Fields that say nothing that an answer depends on, and those that are looked at.
    private static var allowed: Set<String> {
        [
            "accept", "accept-encoding", "accept-language", "authorization", "cache-control", "dnt",
            "if-modified-since", "if-none-match", "origin", "pragma", "priority", "referer", "sec-ch-ua",
            "sec-ch-ua-mobile", "sec-ch-ua-platform", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site",
            "sec-fetch-user", "sec-gpc", "traceparent", "tracestate", "user-agent", "x-forwarded-for",
            "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "x-request-id",
        ]
    }

    private let allowed = Self.allowed

    func accept(_ head: HTTPRequest) -> InlineRequest? {
        guard head.method == .get, let target = head.path else { return nil }
        let path = RouteTable.parts(of: target).path
        guard case .operation(let index, let values) = table.match(.get, path), endpoints[index].quick != nil else {
            return nil
        }
        for field in head.headerFields where !allowed.contains(field.name.canonicalName) { return nil }
        return InlineRequest(head: head, operation: index, path: values)
    }

    func respond(to request: InlineRequest, context: ChannelHandlerContext) -> Bool {
        let start = ContinuousClock.now
        let endpoint = endpoints[request.operation]
        guard let quick = endpoint.quick, let access = endpoint.access, let target = request.head.path,
            let credential = try? Credential(request.head), let caller = callers.knownCaller(of: credential),
            access.judge(caller) == .admitted
        else { return false }
        var asker = AnswerHead.Asker()
        asker.origin = credential.origin
        asker.hasCredential = credential.bearer != nil
        asker.audience = callers.audience(of: caller)
        asker.target = target
        asker.copies = request.head.headerFields[.ifNoneMatch]
        var incoming = Incoming(query: RouteTable.parts(of: target).query)
        incoming.parts.path = request.path
        let answer = AnswerHead(asker: asker, operation: endpoint.operation)
        let status: Int
        do {
            let call = CallContext(logger: logger, service: state)
            guard let reply = try quick(incoming, caller, call) else { return false }
            status = write(reply, answer, context)
        } catch let problem as Problem {
            status = write(problem, answer, context)
        } catch {
            return false
        }
        state.metrics.answeredInline.add(1)
        state.metrics.record(request.operation, status: status, duration: ContinuousClock.now - start)
        return true
    }

    private func write(_ reply: Reply, _ answer: AnswerHead, _ context: ChannelHandlerContext) -> Int {
        let (head, hasContent) = answer.head(of: reply)
        var body: ByteBuffer?
        if hasContent {
            switch reply.content {
            case .none, .stream: break
            case .bytes(let bytes, _): body = context.channel.allocator.buffer(bytes: bytes)
            case .pieces(let write, _):
                var buffer = context.channel.allocator.buffer(capacity: 16_384)
                write { buffer.writeBytes($0) }
                body = buffer
            }
        }
        write(head, body, context)
        return head.status.code
    }

    private func write(_ problem: Problem, _ answer: AnswerHead, _ context: ChannelHandlerContext) -> Int {
        let name = String(UInt64.random(in: .min ... .max), radix: 16)
        let bytes = problem.json(requestID: name, base: problemBase)
        write(answer.head(of: problem), context.channel.allocator.buffer(bytes: bytes), context)
        return problem.kind.status
    }

    private func write(_ head: HTTPResponse, _ body: ByteBuffer?, _ context: ChannelHandlerContext) {
        var head = head
        head.headerFields[.date] = HTTPDate.now
        if let body { head.headerFields[.contentLength] = String(body.readableBytes) }
        context.write(Self.part(.head(head)), promise: nil)
        if let body { context.write(Self.part(.body(body)), promise: nil) }
        context.write(Self.part(.end(nil)), promise: nil)
    }

    private static func part(_ part: HTTPResponsePart) -> NIOAny { NIOAny(part) }
}
