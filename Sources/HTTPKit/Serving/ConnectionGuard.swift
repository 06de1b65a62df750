import HTTPTypes
import NIOCore
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Closes connections on which a request does not arrive in time, and answers what the directory can answer at once on
/// the event loop, ahead of the framework.
///
/// The framework's own idle timer is off: it neither sees the requests that are answered here nor bounds the time in
/// which a head may trickle in. Here an open connection has `idleTimeout` to bring a whole head and `bodyTimeout` to
/// bring the rest. A client that does not take its answer is given the request's deadline and then `idleTimeout`.
///
/// Thread safety: a handler belongs to one channel and runs on its event loop only.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum Phase {
        case waitingForHead
        case receivingBody
        case answering
    }

    private let configuration: HTTPConfiguration
    private let metrics: RequestMetrics
    private let table: RouteTable
    private let limits: [Limits]
    private let inline: (any InlineAnswering)?
    private let drain: Drain
    private var phase = Phase.waitingForHead
    private var phaseBegan = NIODeadline.now()
    private var timer: Scheduled<Void>?
    /// Requests handed to the framework whose answers have not ended.
    private var forwarded = 0
    /// A request that is answered here once its end has come.
    private var inlineRequest: InlineRequest?
    private var wroteInline = false

    init(
        configuration: HTTPConfiguration, metrics: RequestMetrics, table: RouteTable, limits: [Limits],
        inline: (any InlineAnswering)?, drain: Drain
    ) {
        self.configuration = configuration
        self.metrics = metrics
        self.table = table
        self.limits = limits
        self.inline = inline
        self.drain = drain
    }

    func handlerAdded(context: ChannelHandlerContext) {
        metrics.connections.add(1)
        // The framework offers no place ahead of the codec.
        let pipeline = context.pipeline.syncOperations
        if let codec = try? pipeline.handler(type: HTTP1ToHTTPServerCodec.self) {
            let guardian = MessageGuard(
                configuration: configuration, metrics: metrics, table: table, limits: limits, drain: drain)
            try? pipeline.addHandler(guardian, position: .before(codec))
        }
        enter(.waitingForHead)
        schedule(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        metrics.connections.add(-1)
        timer?.cancel()
        timer = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        // The framework would take the end of the connection for that of the body.
        if phase == .receivingBody, forwarded > 0 { context.fireErrorCaught(ChannelError.eof) }
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var head):
            if forwarded == 0, let inline, context.channel.isWritable, let request = inline.accept(head) {
                inlineRequest = request
                return
            }
            forwarded += 1
            enter(.receivingBody)
            if Self.asksToClose(head) {
                // The framework knows this one spelling.
                head.headerFields[.connection] = "close"
                context.fireChannelRead(wrapInboundOut(.head(head)))
                return
            }
        case .body:
            // A body that nobody asked for is read and dropped, within the time for bodies.
            if inlineRequest != nil { return }
        case .end:
            if let request = inlineRequest, let inline {
                inlineRequest = nil
                if inline.respond(to: request, context: context) {
                    wroteInline = true
                    enter(.waitingForHead)
                    return
                }
                forwarded += 1
                context.fireChannelRead(wrapInboundOut(.head(request.head)))
            }
            // An answer that needed no body may have gone out before the body's end came.
            enter(forwarded > 0 ? .answering : .waitingForHead)
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if wroteInline {
            wroteInline = false
            context.flush()
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: break
        case .body:
            // A stream lives as long as its client takes what is written: a write waits for one that does not.
            if phase == .answering { enter(.answering) }
        case .end:
            forwarded = max(0, forwarded - 1)
            if phase == .answering { enter(forwarded == 0 ? .waitingForHead : .answering) }
        }
        context.write(data, promise: promise)
    }

    private static func asksToClose(_ head: HTTPRequest) -> Bool {
        guard let value = head.headerFields[.connection] else { return false }
        return value.split(separator: ",").contains {
            $0.drop { $0 == " " }.prefix { $0 != " " }.lowercased() == "close"
        }
    }

    private func enter(_ phase: Phase) {
        self.phase = phase
        phaseBegan = .now()
    }

    /// One timer a connection, which looks at how long the phase has lasted: cheaper than a timer a request.
    private func schedule(_ context: ChannelHandlerContext) {
        let interval = min(configuration.idleTimeout, configuration.bodyTimeout) / 4
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: TimeAmount(interval)) {
            handler.value.check(bound.value)
        }
    }

    private func check(_ context: ChannelHandlerContext) {
        let elapsed = NIODeadline.now() - phaseBegan
        let limit: TimeAmount =
            switch phase {
            case .waitingForHead: TimeAmount(configuration.idleTimeout)
            case .receivingBody: TimeAmount(configuration.bodyTimeout)
            case .answering: TimeAmount(configuration.requestDeadline + configuration.idleTimeout)
            }
        if elapsed >= limit {
            metrics.slowClients.add(1)
            // Whoever stands next to the codec knows whether there is still something to say.
            context.triggerUserOutboundEvent(MessageGuard.TooSlow(), promise: nil)
        } else {
            schedule(context)
        }
    }
}
