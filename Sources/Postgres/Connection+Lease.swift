import CPostgres
import Foundation

extension Connection {
    /// Runs a body for one borrower as one turn; leaves no transaction open and no cancellation armed.
    func lend<R: Sendable>(
        lease: UInt64, _ body: @Sendable (isolated Connection) throws -> R
    ) throws -> R {
        defer {
            rollBackIfOpen()
            answerLimit = configuration.answerLimit
            canceller.endLease()
        }
        return try body(self)
    }

    /// Whether the connection still stands: without a round trip, unless something came in unasked. That may be the
    /// farewell of a server that has not closed the socket yet.
    func isAlive() -> Bool {
        guard let raw = handle?.raw, isReusable else { return false }
        var socket = pollfd(fd: PQsocket(raw), events: Int16(POLLIN), revents: 0)
        return poll(&socket, 1, 0) == 0 || ping()
    }

    /// Whether the server answers, soon.
    func ping() -> Bool {
        let result = try? perform("ping", limit: Self.shortLimit, heedsLease: false) { PQexec($0, "SELECT 1") }
        return result != nil && isReusable
    }

    /// For statements that a server which is well answers at once.
    static let shortLimit = Duration.seconds(2)

    /// Waits for notifications on this connection's own thread, at most for the timeout.
    func notifications(within timeout: Duration) throws(PostgresError) -> [Notification] {
        let raw = try raw("listen")
        guard waitForInput(raw, timeout: timeout) else {
            throw PostgresError(.connectionLost, operation: "listen", message: handle?.errorMessage ?? "closed")
        }
        var found: [Notification] = []
        while let next = PQnotifies(raw) {
            found.append(
                Notification(
                    channel: String(cString: next.pointee.relname), payload: String(cString: next.pointee.extra),
                    backend: next.pointee.be_pid))
            PQfreemem(next)
        }
        return found
    }

    private func waitForInput(_ raw: OpaquePointer, timeout: Duration) -> Bool {
        var socket = pollfd(fd: PQsocket(raw), events: Int16(POLLIN), revents: 0)
        guard poll(&socket, 1, Int32(clamping: timeout.milliseconds)) > 0 else { return true }
        return PQconsumeInput(raw) == 1 && PQstatus(raw) == CONNECTION_OK
    }
}

/// What a NOTIFY brought.
public struct Notification: Sendable, Hashable {
    /// The channel it was sent on.
    public let channel: String
    /// Its text, perhaps empty.
    public let payload: String
    /// The process number of the sender's backend.
    public let backend: Int32
}
