import Catalogue
import Logging
import Reservations
import ServiceLifecycle
import Tenancy
import Timing

/// What must be done now and then: events that no directory needs and keys that nobody sends again are removed, and
/// what is known of credentials is renewed every second, so that a new host name is heard soon and no request waits for
/// it.
struct Housekeeping: Service {
    let source: PostgresDirectorySource
    let reservations: Reservations
    let resolver: CredentialResolver
    let retention: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var round = 0
            while !Task.isCancelled {
                await resolver.renew()
                if round % 3_600 == 0 { await prune() }
                round += 1
                try? await Pause.sleep(for: .seconds(1))
            }
        }
    }

    private func prune() async {
        do {
            let count = try await source.prune(olderThan: retention)
            // Nobody sends a request again after days, nor one that was refused after an hour.
            _ = try await reservations.forgetKeys(olderThan: .seconds(3 * 86_400), refusals: .seconds(3_600))
            if count > 0 { logger.info("removed old events", metadata: ["events": "\(count)"]) }
        } catch {
            // The pool says once that the database is away; the next round tries again.
            logger.debug("could not remove old events", metadata: ["error": "\(error)"])
        }
    }
}
