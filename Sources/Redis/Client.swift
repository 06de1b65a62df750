public import Logging
import Synchronization

/// Sends commands over a few connections: what callers ask for at the same time shares round trips.
///
/// A call never waits long: at most the command timeout for a connection, and once more for the round trip, plus
/// the time to connect where there is no connection yet. When Redis is away or hangs, a breaker opens: calls then fail
/// at once with `unavailable`, and the client comes back by itself. A call is not sent twice, and ends no sooner when
/// its task is cancelled.
///
/// It works without ``run()``, which adds a first connection at start and an orderly end.
public final class Client: Sendable {
    /// Where Redis is and how this client behaves.
    public let configuration: Configuration
    private let logger: Logger
    private let connections: [Connection]
    private let state: Mutex<ClientState>

    /// A client without connections as yet; throws `usage` if the configuration makes no sense.
    public init(_ configuration: Configuration, logger: Logger = Logger(label: "redis")) throws(RedisError) {
        try configuration.validate()
        self.configuration = configuration
        self.logger = logger
        connections = (1...configuration.connections).map { Connection(configuration, label: "redis-\($0)") }
        state = Mutex(
            ClientState(
                queue: RequestQueue(limit: configuration.queueLimit), idle: connections.reversed(),
                breaker: Breaker(
                    threshold: configuration.failureThreshold, firstPause: configuration.firstBackoff,
                    longestPause: configuration.longestBackoff)))
    }

    deinit {
        for connection in connections { connection.close() }
    }

    /// The numbers of this moment.
    public var statistics: ClientStatistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.circuit =
                switch state.breaker.state {
                case .closed: .closed
                case .open: .open
                case .halfOpen: .halfOpen
                }
            return statistics
        }
    }

    /// Sends commands in one round trip, without any other between them, and returns a reply for each, in order.
    ///
    /// A command that the server refuses has an ``Reply/error(_:)`` in its place. Throws ``RedisError`` when there are
    /// no replies: `timeout`, `unavailable`, `connectionLost`, `protocol`, `overloaded`; `server` if it
    /// refused the connection; `usage` for commands that a shared connection cannot carry, such as `SUBSCRIBE`.
    public func send(_ commands: [Command]) async throws(RedisError) -> [Reply] {
        try Command.requireShareable(commands)
        guard !commands.isEmpty else { return [] }
        let operation = Command.operation(of: commands)
        let result = await withCheckedContinuation { continuation in
            enqueue(
                Request(commands: commands, operation: operation, enqueued: .now, continuation: continuation))
        }
        return try result.get()
    }

    private func enqueue(_ request: Request) {
        var connection: Connection?
        let refusal = state.withLock { state -> (RedisError.Kind, String)? in
            if let reason = state.refusal { return (.unavailable, reason) }
            guard state.queue.append(request) else {
                state.statistics.overloads += 1
                return (.overloaded, "too many commands wait")
            }
            state.statistics.inFlight += request.commands.count
            connection = state.idle.popLast()
            return nil
        }
        if let (kind, message) = refusal { request.fail(kind, message) }
        connection?.wake(for: self)
    }

    /// What a free connection should send next; if there is nothing, it counts as idle from now on.
    func nextBatch(for connection: Connection) -> [Request]? {
        let oldest = ContinuousClock.now - configuration.commandTimeout
        let (expired, batch) = state.withLock { state in
            var expired: [Request] = []
            while let late = state.queue.popFirst(enqueuedBefore: oldest) {
                state.statistics.inFlight -= late.commands.count
                state.statistics.expired += 1
                expired.append(late)
            }
            let batch = state.queue.popBatch()
            if batch.isEmpty { state.idle.append(connection) }
            return (expired, batch)
        }
        for request in expired { request.fail(.timeout, "no connection was free in time") }
        return batch.isEmpty ? nil : batch
    }

    /// Counts how a round trip ended, then tells the callers, so that one who calls again meets the new state.
    func settle(_ batch: [Request], _ outcome: Outcome) {
        var generator = SystemRandomNumberGenerator()
        let (pause, abandoned) = state.withLock { state -> (Duration?, [Request]) in
            state.statistics.inFlight -= batch.reduce(0) { $0 + $1.commands.count }
            state.statistics.commands += outcome.replies.reduce(0) { $0 + $1.count }
            guard let failure = outcome.failure else {
                state.breaker.succeeded()
                return (nil, [])
            }
            state.count(failure)
            let pause = state.breaker.failed(isConnected: outcome.isConnected, using: &generator)
            guard pause != nil else { return (nil, []) }
            state.lastFailure = "\(failure.error(during: outcome.isConnected ? "round trip" : "connect"))"
            state.opened = .now
            state.statistics.openings += 1
            return (pause, state.abandonQueue())
        }
        if let pause { open(probeAfter: pause, abandoning: abandoned) }
        for (request, replies) in zip(batch, outcome.replies) {
            request.continuation.resume(returning: .success(replies))
        }
        guard let failure = outcome.failure else { return }
        for request in batch.dropFirst(outcome.replies.count) {
            let operation = outcome.isConnected ? request.operation : "connect"
            request.continuation.resume(returning: .failure(failure.error(during: operation)))
        }
    }

    private func open(probeAfter pause: Duration, abandoning requests: [Request]) {
        let reason = state.withLock { $0.lastFailure }
        logger.warning(
            "Redis is away; calls fail at once until it is back",
            metadata: ["redis": "\(configuration)", "failure": "\(reason)"])
        connections[0].probe(for: self, after: pause)
        for request in requests { request.fail(.unavailable, "not tried, after \(reason)") }
    }

    /// Whether a probe is still wanted.
    func beginProbe() -> Bool {
        state.withLock { state in
            guard !state.isShutDown else { return false }
            state.breaker.beginProbe()
            return true
        }
    }

    func endProbe(failure: ConnectionFailure?) {
        var generator = SystemRandomNumberGenerator()
        let (pause, opened) = state.withLock { state -> (Duration?, ContinuousClock.Instant?) in
            guard let failure else {
                state.breaker.probeSucceeded()
                return (nil, state.opened)
            }
            state.count(failure)
            state.lastFailure = "\(failure.error(during: "connect"))"
            return (state.breaker.probeFailed(using: &generator), nil)
        }
        if let pause {
            connections[0].probe(for: self, after: pause)
        } else {
            let away = opened.map { ContinuousClock.now - $0 } ?? .zero
            logger.notice("Redis is back", metadata: ["redis": "\(configuration)", "away": "\(away)"])
        }
    }

    func connected(isReconnect: Bool) {
        state.withLock { state in
            state.statistics.connects += 1
            if isReconnect { state.statistics.reconnects += 1 }
        }
    }

    /// Refuses new calls, fails those that wait, and closes each connection once its round trip is over.
    public func shutdown() {
        let waiting = state.withLock { state in
            state.isShutDown = true
            return state.abandonQueue()
        }
        for request in waiting { request.fail(.unavailable, "the client is shut down") }
        for connection in connections { connection.close() }
    }
}
