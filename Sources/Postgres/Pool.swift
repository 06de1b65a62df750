public import Logging
public import ServiceLifecycle
import Synchronization
import Timing

/// A bounded set of connections, opened when needed and lent to one caller at a time, first come first served.
///
/// It works without ``run()``, which adds health checks and an orderly end; ``shutdown()`` ends it otherwise.
public final class Pool: Service {
    private let configuration: Configuration
    private let logger: Logger
    private let state: Mutex<PoolState>

    /// A pool without connections as yet.
    public init(_ configuration: Configuration, logger: Logger = Logger(label: "postgres")) {
        self.configuration = configuration
        self.logger = logger
        state = Mutex(PoolState(limit: configuration.poolSize, longestBackoff: configuration.longestBackoff))
    }

    /// The numbers of this moment.
    public var statistics: PoolStatistics {
        state.withLock { state in
            PoolStatistics(
                open: state.open, idle: state.idle.count, waiting: state.waiters.count, waits: state.waits,
                timeouts: state.timeouts, reconnects: state.reconnects, isHealthy: state.lastFailure == nil,
                lastFailure: state.lastFailure)
        }
    }

    /// Lends a connection to a body, which runs as one turn of it.
    ///
    /// Throws a ``PostgresError``: `poolTimeout` if none is free within `deadline` (the configuration's if `nil`),
    /// `unavailable` while the database is away, `cancelled` when the task is cancelled, and `statementTimeout` when
    /// the body's statements go on after `timeLimit`; and whatever the body throws. A transaction that the body left
    /// open is rolled back.
    public func withConnection<R: Sendable>(
        deadline: Duration? = nil, timeLimit: Duration? = nil,
        _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> R {
        let connection = try await acquire(deadline: deadline ?? configuration.waitDeadline)
        let canceller = connection.canceller
        let lease = canceller.beginLease()
        let timer = timeLimit.map { limit in
            Timers.shared.schedule(after: limit) { canceller.cancel(lease: lease, reason: .statementTimeout) }
        }
        defer { if let timer { Timers.shared.cancel(timer) } }
        do {
            let value = try await withTaskCancellationHandler {
                try await connection.lend(lease: lease, body)
            } onCancel: {
                canceller.cancel(lease: lease, reason: .cancelled)
            }
            await release(connection)
            return value
        } catch {
            await release(connection)
            throw error
        }
    }

    private func acquire(deadline: Duration) async throws(PostgresError) -> Connection {
        let end = ContinuousClock.now + deadline
        while true {
            switch try await grant(until: end) {
            case .connection(let connection):
                if await connection.isAlive() { return connection }
                await discard(connection)
            case .slot: return try await connect()
            }
        }
    }

    private func grant(until end: ContinuousClock.Instant) async throws(PostgresError) -> PoolState.Grant {
        guard !Task.isCancelled else { throw Self.cancelled }
        let (id, grant) = state.withLock { state in
            state.nextID += 1
            return (state.nextID, state.grantNow())
        }
        if let grant { return try grant.get() }
        let timer = Timers.shared.schedule(at: end) { [self] in give(up: id, with: Self.timeout) }
        defer { Timers.shared.cancel(timer) }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Result<PoolState.Grant, PostgresError>? in
                    if Task.isCancelled { return .failure(Self.cancelled) }
                    if let grant = state.grantNow() { return grant }
                    if end <= .now {
                        state.timeouts += 1
                        return .failure(Self.timeout)
                    }
                    state.waits += 1
                    state.waiters.append(PoolState.Waiter(id: id, continuation: continuation))
                    return nil
                }
                if let now { continuation.resume(returning: now) }
            }
        } onCancel: {
            give(up: id, with: Self.cancelled)
        }
        return try result.get()
    }

    private func give(up id: UInt64, with error: PostgresError) {
        let waiter = state.withLock { state in
            let waiter = state.withdraw(id)
            if waiter != nil, error.kind == .poolTimeout { state.timeouts += 1 }
            return waiter
        }
        waiter?.continuation.resume(returning: .failure(error))
    }

    private func connect() async throws(PostgresError) -> Connection {
        do {
            let connection = try await Connection.connect(configuration)
            let isBack = state.withLock { $0.connected() }
            if isBack { logger.info("database is back", metadata: ["database": "\(configuration)"]) }
            return connection
        } catch {
            let (wasHealthy, waiters) = state.withLock { $0.failed(error) }
            if wasHealthy { logger.error("database is away", metadata: ["error": "\(error)"]) }
            for waiter in waiters { waiter.continuation.resume(returning: .failure(error)) }
            throw error
        }
    }

    private func release(_ connection: Connection) async {
        guard await connection.isReusable else { return await discard(connection) }
        let (isTaken, waiter) = state.withLock { $0.giveBack(connection) }
        guard isTaken else { return await discard(connection) }
        waiter?.continuation.resume(returning: .success(.connection(connection)))
    }

    private func discard(_ connection: Connection) async {
        await connection.close()
        let (waiter, stranded, error) = state.withLock { ($0.vacate(), $0.stranded(), $0.unavailable) }
        waiter?.continuation.resume(returning: .success(.slot))
        for waiter in stranded { waiter.continuation.resume(returning: .failure(error)) }
    }

    /// Checks idle connections until shutdown begins, then waits for lent ones and closes all.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Pause.sleep(for: .seconds(15))
                await self.checkIdle()
            }
        }
        await shutdown()
    }

    private func checkIdle() async {
        // One at a time, so that a check takes at most one connection away from callers.
        for _ in 0..<state.withLock({ $0.idle.count }) {
            guard let connection = state.withLock({ $0.idle.isEmpty ? nil : $0.idle.removeFirst() }) else { return }
            if await connection.ping() { await release(connection) } else { await discard(connection) }
        }
    }

    /// Refuses new callers, waits until lent connections are back, at most 10 s, and closes all.
    public func shutdown() async {
        let (idle, waiters) = state.withLock { state in
            state.isClosed = true
            defer {
                state.idle = []
                state.waiters = []
            }
            return (state.idle, state.waiters)
        }
        for waiter in waiters { waiter.continuation.resume(returning: .failure(PoolState.closed)) }
        for connection in idle { await discard(connection) }
        let end = ContinuousClock.now + .seconds(10)
        while state.withLock({ $0.open }) > 0, ContinuousClock.now < end {
            try? await Pause.sleep(for: .milliseconds(10))
        }
    }

    private static let cancelled = PostgresError(.cancelled, operation: "pool", message: "the task was cancelled")
    private static let timeout = PostgresError(
        .poolTimeout, operation: "pool", message: "no connection became free before the deadline")
}
