/// The books of a pool, to be kept under its lock. No decision here waits for anything.
struct PoolState {
    /// What a caller is given.
    enum Grant: Sendable {
        /// A connection that was in use or idle.
        case connection(Connection)
        /// The right to open one.
        case slot
    }

    struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Result<Grant, PostgresError>, Never>
    }

    var idle: [Connection] = []
    /// Open connections, lent ones and attempts included.
    var open = 0
    var waiters: [Waiter] = []
    var nextID: UInt64 = 0
    var isClosed = false
    var backoff: Backoff
    var retryAt: ContinuousClock.Instant?
    var lastFailure: String?
    var waits = 0
    var timeouts = 0
    var reconnects = 0
    let limit: Int

    init(limit: Int, longestBackoff: Duration) {
        self.limit = max(1, limit)
        backoff = Backoff(longest: longestBackoff)
    }

    static let closed = PostgresError(.unavailable, operation: "pool", message: "the pool is shut down")

    var isBackingOff: Bool { retryAt.map { $0 > .now } ?? false }

    var unavailable: PostgresError {
        PostgresError(.unavailable, operation: "pool", message: lastFailure ?? "the database is unreachable")
    }

    /// What can be had at once; `nil` means to wait. Nobody overtakes those who wait.
    mutating func grantNow() -> Result<Grant, PostgresError>? {
        if isClosed { return .failure(Self.closed) }
        guard waiters.isEmpty else { return nil }
        if let connection = idle.popLast() { return .success(.connection(connection)) }
        if isBackingOff { return open == 0 ? .failure(unavailable) : nil }
        guard open < limit else { return nil }
        open += 1
        return .success(.slot)
    }

    /// Takes out a waiter that gave up, unless it has been served.
    mutating func withdraw(_ id: UInt64) -> Waiter? {
        waiters.firstIndex { $0.id == id }.map { waiters.remove(at: $0) }
    }

    /// A connection is free again; the returned waiter is to be given it. A closed pool does not take it.
    mutating func giveBack(_ connection: Connection) -> (isTaken: Bool, waiter: Waiter?) {
        if isClosed { return (false, nil) }
        if !waiters.isEmpty { return (true, waiters.removeFirst()) }
        idle.append(connection)
        return (true, nil)
    }

    /// Those who wait while there is no connection and none may be tried yet.
    mutating func stranded() -> [Waiter] {
        guard open == 0, isBackingOff else { return [] }
        defer { waiters = [] }
        return waiters
    }

    /// A connection is gone; the returned waiter is to be given the slot.
    mutating func vacate() -> Waiter? {
        open -= 1
        guard !waiters.isEmpty, !isBackingOff, !isClosed else { return nil }
        open += 1
        return waiters.removeFirst()
    }

    /// An attempt failed: its slot is free, and all who wait learn it if there is nothing left to wait for.
    mutating func failed(_ error: PostgresError) -> (wasHealthy: Bool, waiters: [Waiter]) {
        let wasHealthy = lastFailure == nil
        lastFailure = error.message
        retryAt = .now + backoff.next()
        open -= 1
        guard open == 0 else { return (wasHealthy, []) }
        defer { waiters = [] }
        return (wasHealthy, waiters)
    }

    /// An attempt succeeded; says whether the database had been away.
    mutating func connected() -> Bool {
        defer {
            lastFailure = nil
            retryAt = nil
            backoff.reset()
        }
        if lastFailure != nil { reconnects += 1 }
        return lastFailure != nil
    }
}
