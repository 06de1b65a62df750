import CPostgres
import Dispatch
import Synchronization

/// Sends cancel requests for one connection, and only while one of its statements runs.
///
/// The lock is held while libpq talks to the server: a statement cannot end, and the next cannot start, in between.
final class Canceller: Sendable {
    private struct State: ~Copyable {
        nonisolated(unsafe) var request: OpaquePointer?
        var lease: UInt64 = 0
        var isRunning = false
        var reason: PostgresError.Kind?

        deinit { PQfreeCancel(request) }

        func send() {
            guard let request else { return }
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) {
                _ = PQcancel(request, $0.baseAddress, 256)
            }
        }
    }

    private let state = Mutex(State(request: nil))

    /// Takes over the means to cancel on a new connection.
    func adopt(_ handle: borrowing Handle) {
        nonisolated(unsafe) let request = PQgetCancel(handle.raw)
        state.withLock { state in
            PQfreeCancel(state.request)
            state.request = request
        }
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
    func arm(_ operation: String) throws(PostgresError) {
        let reason = state.withLock { state in
            state.isRunning = state.reason == nil
            return state.reason
        }
        if let reason { throw PostgresError(reason, operation: operation, message: "cancelled before it was sent") }
    }

    /// The statement has ended and is drained; says why it was cancelled, if it was.
    func disarm() -> PostgresError.Kind? {
        state.withLock { state in
            state.isRunning = false
            return state.reason
        }
    }

    /// Cancels what the lease does now and all it would do later. Returns at once.
    func cancel(lease: UInt64, reason: PostgresError.Kind) {
        let isRunning = state.withLock { state in
            guard state.lease == lease else { return false }
            if state.reason == nil { state.reason = reason }
            return state.isRunning
        }
        if isRunning { send(lease: lease) }
    }

    /// Cancels the running statement from the connection's own thread, such as the rest of a COPY.
    func cancelRunning() {
        state.withLock { $0.send() }
    }

    /// A request that overtakes its statement has no effect on the server, so it is repeated while the statement runs.
    private func send(lease: UInt64) {
        DispatchQueue.global().async { [self] in
            let isRunning = state.withLock { state in
                guard state.lease == lease, state.isRunning else { return false }
                state.send()
                return true
            }
            guard isRunning else { return }
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) { [self] in send(lease: lease) }
        }
    }
}
