import CPostgres
import Dispatch
import Glibc
import Synchronization
import Timing

/// Ends statements of one connection from outside: asks the server to cancel, and, if it does not answer to that
/// either, severs the connection, so that no caller and no thread waits for a server that hangs.
///
/// A cancel request reaches only the statement that it was meant for: while one is being sent, no next statement
/// starts.
final class Canceller: Sendable {
    /// How long a server has to end a statement that was cancelled.
    static let grace = Duration.seconds(1)
    private struct State {
        var link: Link?
        var lease: UInt64 = 0
        /// Counts statements; the timers of one must not end another.
        var statement: UInt64 = 0
        var isRunning = false
        var isSending = false
        var reason: PostgresError.Kind?
        var limit: Timers.Token?
        var severance: Timers.Token?
    }

    private let sending: DispatchQueue
    private let state = Mutex(State())

    /// - Parameter sending: where requests are sent; they block meanwhile.
    init(sending: DispatchQueue) { self.sending = sending }

    /// Takes over the means to cancel on a new connection.
    func adopt(_ handle: borrowing Handle) {
        let link = Link(handle)
        state.withLock { $0.link = link }
    }

    /// The connection has been closed.
    func release() {
        state.withLock { $0.link = nil }
    }

    /// Starts a new lease, which earlier cancellations do not reach.
    func beginLease() -> UInt64 {
        state.withLock { state in
            state.lease += 1
            state.reason = nil
            return state.lease
        }
    }

    func endLease() {
        state.withLock { state in
            state.lease += 1
            state.reason = nil
        }
    }

    /// A statement is about to be sent; throws if the lease has been cancelled.
    /// - Parameters:
    ///   - limit: how long the server may be silent before the statement is given up; nil is without limit.
    ///   - heedsLease: false for what must be tried although the lease was cancelled, such as a rollback.
    func arm(_ operation: String, limit: Duration?, heedsLease: Bool = true) throws(PostgresError) {
        let reason = state.withLock { state -> PostgresError.Kind? in
            if heedsLease, let reason = state.reason { return reason }
            state.statement += 1
            state.isRunning = true
            let statement = state.statement
            state.limit = limit.map { limit in
                Timers.shared.schedule(after: limit) { [weak self] in self?.expire(statement) }
            }
            return nil
        }
        if let reason { throw PostgresError(reason, operation: operation, message: "cancelled before it was sent") }
    }

    /// The statement has ended and is drained; says why it was cancelled, if it was.
    func disarm() -> PostgresError.Kind? {
        let (reason, tokens, isSending) = state.withLock { state in
            state.isRunning = false
            defer { (state.limit, state.severance) = (nil, nil) }
            return (state.reason, [state.limit, state.severance], state.isSending)
        }
        for token in tokens { if let token { Timers.shared.cancel(token) } }
        if isSending { waitForRequest() }
        return reason
    }

    /// Cancels what the lease does now and all it would do later. Returns at once.
    func cancel(lease: UInt64, reason: PostgresError.Kind) {
        let statement = state.withLock { state -> UInt64? in
            guard state.lease == lease else { return nil }
            if state.reason == nil { state.reason = reason }
            return state.isRunning ? state.statement : nil
        }
        if let statement { end(statement) }
    }

    /// Cancels the running statement from the connection's own thread, such as the rest of a COPY.
    func cancelRunning() {
        if let statement = state.withLock({ $0.isRunning ? $0.statement : nil }) { end(statement) }
    }

    /// The server has been silent for too long.
    private func expire(_ statement: UInt64) {
        let isRunning = state.withLock { state in
            guard state.isRunning, state.statement == statement else { return false }
            if state.reason == nil { state.reason = .statementTimeout }
            return true
        }
        if isRunning { end(statement) }
    }

    private func end(_ statement: UInt64) {
        let isFirst = state.withLock { state in
            guard state.isRunning, state.statement == statement, state.severance == nil else { return false }
            state.severance = Timers.shared.schedule(after: Self.grace) { [weak self] in self?.sever(statement) }
            return true
        }
        if isFirst { sending.async { [self] in send(statement) } }
    }

    /// A request that overtakes its statement has no effect on the server, so it is repeated while the statement runs.
    private func send(_ statement: UInt64) {
        let link = state.withLock { state -> Link? in
            guard state.isRunning, state.statement == statement else { return nil }
            state.isSending = true
            return state.link
        }
        guard let link else { return }
        link.requestCancel()
        state.withLock { $0.isSending = false }
        sending.asyncAfter(deadline: .now() + .milliseconds(100)) { [self] in send(statement) }
    }

    /// Makes the blocked call of the connection's thread return with an error.
    private func sever(_ statement: UInt64) {
        state.withLock { state in
            guard state.isRunning, state.statement == statement else { return }
            state.link?.shutDown()
        }
    }

    /// Called on the connection's own thread. A request takes a millisecond; one that does not end belongs to a server
    /// that hangs, and the connection is not used again.
    private func waitForRequest() {
        let end = ContinuousClock.now + Self.grace
        while state.withLock({ $0.isSending }) {
            guard ContinuousClock.now < end else { return state.withLock { $0.link?.shutDown() } }
            usleep(200)
        }
    }
}

/// What reaches a connection's server and socket from other threads.
///
/// `@unchecked Sendable`: libpq allows `PQcancel` from any thread, and the members do not change.
private final class Link: @unchecked Sendable {
    private let request: OpaquePointer?
    /// A descriptor of our own for the socket: libpq may close its own at any time, and the number may be another's
    /// then.
    private let socket: Int32

    init(_ handle: borrowing Handle) {
        request = PQgetCancel(handle.raw)
        socket = fcntl(PQsocket(handle.raw), F_DUPFD_CLOEXEC, 0)
    }

    deinit {
        PQfreeCancel(request)
        if socket >= 0 { close(socket) }
    }

    func requestCancel() {
        guard let request else { return }
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { _ = PQcancel(request, $0.baseAddress, 256) }
    }

    func shutDown() {
        if socket >= 0 { _ = shutdown(socket, Int32(SHUT_RDWR)) }
    }
}
