import CHiredis
import Glibc

/// Owns a `redisContext`, whose socket does not block: each wait is a `poll` that ends at the caller's deadline,
/// where hiredis's own timeout would begin anew with every read.
struct Handle: ~Copyable {
    private let context: UnsafeMutablePointer<redisContext>

    deinit { redisFree(context) }

    /// Connects; blocks for at most `limit` for each address that the host's name has.
    init(_ endpoint: Configuration.Endpoint, limit: Duration) throws(ConnectionFailure) {
        let milliseconds = Int(limit.wholeMilliseconds)
        let limit = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        let made =
            switch endpoint {
            case .tcp(let host, let port): redisConnectWithTimeout(host, Int32(port), limit)
            case .unix(let path): redisConnectUnixWithTimeout(path, limit)
            }
        guard let made else { throw ConnectionFailure(kind: .unavailable, message: "out of memory") }
        guard made.pointee.err == REDIS_OK else {
            let message = String(cString: salon_redis_message(made))
            redisFree(made)
            throw ConnectionFailure(kind: .unavailable, message: message)
        }
        let socket = made.pointee.fd
        made.pointee.flags &= ~REDIS_BLOCK
        // Children of this process have no business with the socket.
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        guard fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK) == 0 else {
            redisFree(made)
            throw ConnectionFailure(kind: .unavailable, message: "the socket cannot be made non-blocking")
        }
        if case .tcp = endpoint { redisEnableKeepAlive(made) }
        context = made
    }

    /// Whether the idle connection was closed by the server, or said something that nobody asked for.
    var isStale: Bool {
        var descriptor = pollfd(fd: context.pointee.fd, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) != 0
    }

    /// Whether more was read than the replies taken so far.
    var hasUnreadInput: Bool {
        context.pointee.reader.pointee.len > context.pointee.reader.pointee.pos
    }

    /// Puts a command into the output buffer.
    mutating func append(_ command: borrowing Command) throws(ConnectionFailure) {
        var start = 0
        let lengths = command.ends.map { end in
            defer { start = end }
            return end - start
        }
        let status = command.bytes.withUnsafeBytes { bytes in
            var position = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            var pointers = lengths.map { length -> UnsafePointer<CChar>? in
                defer { position = position.map { $0 + length } }
                return position
            }
            return redisAppendCommandArgv(context, Int32(lengths.count), &pointers, lengths)
        }
        guard status == REDIS_OK else { throw failure() }
    }

    /// Sends the output buffer.
    mutating func flush(until deadline: ContinuousClock.Instant) throws(ConnectionFailure) {
        var sent = 0
        while sent < sdslen(context.pointee.obuf) {
            let count = salon_redis_send(context, sent)
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                try wait(for: POLLOUT, until: deadline)
            } else if errno != EINTR {
                throw ConnectionFailure(kind: .connectionLost, message: "the server closed the connection")
            }
        }
        sdsfree(context.pointee.obuf)
        context.pointee.obuf = sdsempty()
    }

    /// The next reply.
    mutating func reply(until deadline: ContinuousClock.Instant) throws(ConnectionFailure) -> Reply {
        while true {
            var next: UnsafeMutableRawPointer?
            guard redisGetReplyFromReader(context, &next) == REDIS_OK else { throw failure() }
            if let next {
                defer { freeReplyObject(next) }
                guard let reply = Reply(copying: next.assumingMemoryBound(to: redisReply.self)) else {
                    throw ConnectionFailure(kind: .protocol, message: "a reply of unknown type")
                }
                return reply
            }
            try wait(for: POLLIN, until: deadline)
            guard redisBufferRead(context) == REDIS_OK else { throw failure() }
        }
    }

    private func wait(for event: Int32, until deadline: ContinuousClock.Instant) throws(ConnectionFailure) {
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { throw ConnectionFailure(kind: .timeout, message: "no answer in time") }
            var descriptor = pollfd(fd: context.pointee.fd, events: Int16(event), revents: 0)
            let ready = poll(&descriptor, 1, Int32(clamping: left.wholeMilliseconds))
            if ready > 0 { return }
            if ready < 0, errno != EINTR {
                throw ConnectionFailure(kind: .connectionLost, message: "the socket cannot be waited for")
            }
        }
    }

    /// The context's own failure. Its text for a protocol error quotes one byte of the input at most.
    private func failure() -> ConnectionFailure {
        let kind: RedisError.Kind = context.pointee.err == REDIS_ERR_PROTOCOL ? .protocol : .connectionLost
        return ConnectionFailure(kind: kind, message: String(cString: salon_redis_message(context)))
    }
}
