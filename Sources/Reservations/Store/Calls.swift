import Foundation
import Logging
import Postgres
import Tenancy
import Timing

/// Calls the functions of the protocol, with the same key as often as it takes.
struct Calls: Sendable {
    let database: ScopedDatabase
    let configuration: ReservationsConfiguration
    let tally: Tally
    let logger: Logger

    /// One transaction in one round trip; tried anew where that is right.
    func call(_ call: ProtocolCall, scope: TenantScope) async throws(ReservationError) -> Answer {
        let document = try await repeating {
            try await database.writeOnce(
                scope, call.statement, lockTimeout: configuration.lockTimeout,
                statementTimeout: configuration.statementTimeout)[0].decode(JSONB.self)
        }
        return try Answer(document.bytes)
    }

    /// Does work that has one effect however often it is done, until it is done, refused, or patience ends.
    func repeating<R: Sendable>(_ work: () async throws -> R) async throws(ReservationError) -> R {
        let deadline = ContinuousClock.now + configuration.patience
        var pause = configuration.firstPause
        while true {
            do {
                return try await work()
            } catch let error as PostgresError {
                note(error)
                if error.kind == .cancelled || Task.isCancelled { throw .cancelled }
                guard Self.isWorthAnother(error) else { throw .failed("\(error)") }
                guard ContinuousClock.now + pause < deadline else {
                    tally.count { $0.unavailable += 1 }
                    throw .unavailable("\(error)")
                }
            } catch is CancellationError {
                throw .cancelled
            } catch {
                throw .failed("\(error)")
            }
            tally.count { $0.retries += 1 }
            do {
                try await Pause.sleep(for: pause * Double.random(in: 0.5...1.5))
            } catch {
                throw .cancelled
            }
            pause = min(pause * 2, .seconds(1))
        }
    }

    private func note(_ error: PostgresError) {
        switch error.code {
        case .deadlockDetected:
            tally.count { $0.deadlocks += 1 }
            logger.error("PostgreSQL broke a deadlock of reservations, which the order of locks forbids.")
        case .exclusionViolation:
            tally.count { $0.backstopHits += 1 }
            logger.critical("The exclusion constraint refused a reservation that the locks had let through.")
        default: break
        }
    }

    /// A lost connection is among them because the key makes a repetition harmless.
    private static func isWorthAnother(_ error: PostgresError) -> Bool {
        if error.isRetryable { return true }
        switch error.kind {
        case .connectionLost, .statementTimeout: return true
        default: break
        }
        guard let code = error.code else { return false }
        // The backstop: what was in the way is committed now, so the next attempt finds it and says so.
        return code == .exclusionViolation || code.rawValue.hasPrefix("57P0") || code == .tooManyConnections
            || code.rawValue == "53200"
    }
}
