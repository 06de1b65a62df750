import NIOCore
import NIOHTTP1

/// Makes the defaults of HTTP/1.0 explicit before the version is lost: behind the decoder nothing knows it any more, and
/// a client that speaks 1.0 waits for the end of the connection, not of the answer.
///
/// Thread safety: a handler belongs to one channel and runs on its event loop only.
final class VersionReader: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version.major == 1, head.version.minor == 0,
            !head.isKeepAlive
        else {
            context.fireChannelRead(data)
            return
        }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
