import HTTPTypes
import NIOCore
import NIOHTTP1

/// Stands next to the codec of HTTP/1.1 and keeps its rules on both sides: refuses what is malformed, with a body that
/// says so; answers `Expect: 100-continue`; makes the defaults of HTTP/1.0 explicit before the version is lost; and
/// closes a connection in order: an answer says `Connection: close`, nothing after it is read, and the client has a
/// moment to read it.
///
/// Thread safety: a handler belongs to one channel and runs on its event loop only.
final class MessageGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a client may take to read the last answer. An earlier cut could reset the connection under it.
    private static let lingering = TimeAmount.seconds(1)

    private let configuration: HTTPConfiguration
    private let metrics: RequestMetrics
    private let table: RouteTable
    private let limits: [Limits]
    private let drain: Drain
    /// Requests whose answers have not ended.
    private var outstanding = 0
    private var isReadingBody = false
    /// Whether an answer has begun and not ended.
    private var isAnswering = false
    /// Whether nothing more is read: the connection ends with the answers to what was read.
    private var isDeaf = false
    /// What is wrong with the request after those that are outstanding.
    private var refusal: Problem?
    /// Whether the answer that is being written is the last one.
    private var isLast = false
    /// Whether the framework has begun its bare answer to a malformed request.
    private var isBare = false
    private var isQuiescing = false
    private var isClosed = false

    init(
        configuration: HTTPConfiguration, metrics: RequestMetrics, table: RouteTable, limits: [Limits], drain: Drain
    ) {
        self.configuration = configuration
        self.metrics = metrics
        self.table = table
        self.limits = limits
        self.drain = drain
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            do throws(HeadCheck.Refusal) {
                let head = try HeadCheck.normalized(head)
                begin(head, context)
            } catch {
                refuse(Problem(.invalidRequest, error.detail), context)
            }
        case .body: context.fireChannelRead(data)
        case .end:
            isReadingBody = false
            context.fireChannelRead(data)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var head = head
        if !head.isAtLeast11, !head.isKeepAlive { head.headers.replaceOrAdd(name: "Connection", value: "close") }
        if head.headers["expect"].contains(where: { $0.lowercased() == "100-continue" }) {
            head.headers.remove(name: "Expect")
            let length = head.headers["content-length"].first.flatMap { Int($0) }
            if let length, let limit = bodyLimit(head), length > limit {
                return refuse(.bodyTooLarge(limit: limit), context)
            }
            // Behind an answer that is still being written there is no place for it; the client then waits a while.
            let hasBody = (length ?? 0) > 0 || head.headers.contains(name: "transfer-encoding")
            if outstanding == 0, hasBody, head.isAtLeast11 {
                let answer = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(answer)), promise: nil)
            }
        }
        outstanding += 1
        isReadingBody = true
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// How many bytes the operation takes; nil where the request reaches none.
    private func bodyLimit(_ head: HTTPRequestHead) -> Int? {
        guard let method = HTTPRequest.Method(head.method.rawValue),
            case .operation(let index, _) = table.match(method, RouteTable.parts(of: head.uri).path)
        else { return nil }
        return limits[index].bodyBytes
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError || error is ByteToMessageDecoderError else {
            return context.fireErrorCaught(error)
        }
        guard !isDeaf else { return }
        let problem = Problem(.invalidRequest, "the request is not HTTP/1.1")
        if isReadingBody {
            isDeaf = true
            // Without waiting for a handler that may never look at the body.
            if outstanding == 1, !isAnswering { write(problem, context) }
            // Whoever reads the body must hear that it ends here.
            context.fireErrorCaught(error)
        } else {
            refuse(problem, context)
        }
    }

    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
        isDeaf = true
        metrics.record(nil, status: problem.kind.status, duration: .zero)
        if outstanding == 0 { write(problem, context) } else { refusal = problem }
    }

    private func write(_ problem: Problem, _ context: ChannelHandlerContext) {
        let body = body(problem)
        let head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: problem.kind.status), headers: Self.fields(of: body))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        close(context)
    }

    private func body(_ problem: Problem) -> ByteBuffer {
        let name = String(UInt64.random(in: .min ... .max), radix: 16)
        return ByteBuffer(bytes: problem.json(requestID: name, base: configuration.problemBase))
    }

    private static func fields(of body: ByteBuffer) -> HTTPHeaders {
        var fields: HTTPHeaders = [
            "Content-Type": "application/problem+json", "Content-Length": "\(body.readableBytes)",
            "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Date": HTTPDate.now,
            "Connection": "close",
        ]
        if let allowed = CrossOrigin.open.allowed(origin: nil, hasCredential: false) {
            fields.add(name: "Access-Control-Allow-Origin", value: allowed)
        }
        return fields
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // The connection was closed, or the request was answered, ahead of whoever writes this.
        guard !isClosed, outstanding > 0 else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            let mustEnd = isDeaf || isQuiescing || drain.hasBegun
            // What was sent after this request is answered too.
            isLast = Self.closes(head) || (mustEnd && outstanding == 1 && refusal == nil)
            isAnswering = true
            isBare = isDeaf && head.status == .badRequest && head.headers["content-length"] == ["0"]
            if isBare { head.headers = Self.fields(of: bareBody) }
            if isLast {
                isDeaf = true
                head.headers.replaceOrAdd(name: "Connection", value: "close")
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            if isBare { context.write(wrapOutboundOut(.body(.byteBuffer(bareBody))), promise: nil) }
            isBare = false
            isAnswering = false
            outstanding -= 1
            context.write(data, promise: promise)
            if isLast || (isQuiescing && outstanding == 0) { return close(context) }
            if let refusal, outstanding == 0 { write(refusal, context) }
        }
    }

    private lazy var bareBody = body(Problem(.invalidRequest, "the request is not HTTP/1.1"))

    private static func closes(_ head: HTTPResponseHead) -> Bool {
        head.headers["connection"].contains { $0.lowercased() == "close" }
    }

    // MARK: The end

    /// Told from inside that the client has taken too long.
    struct TooSlow: Sendable {}

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is TooSlow else { return context.triggerUserOutboundEvent(event, promise: promise) }
        promise?.succeed()
        guard isReadingBody, outstanding == 1, !isAnswering, !isClosed else { return context.close(promise: nil) }
        metrics.record(nil, status: 408, duration: .zero)
        write(.bodyTooSlow, context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isQuiescing = true
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Drain.grace) {
            if bound.value.outstanding == 0, !bound.value.isClosed { channel.close(promise: nil) }
        }
    }

    /// Sends the end and closes, at the latest a moment later: what a client still sends must not reset the connection
    /// before it has read.
    private func close(_ context: ChannelHandlerContext) {
        isDeaf = true
        isClosed = true
        context.flush()
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.lingering) { channel.close(promise: nil) }
    }
}
