import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Timing

/// The end of a server's life in an order that loses no request: first it says that it is not ready, and every answer
/// says `Connection: close`; after a while it listens no more; connections that are still open get a last moment, then
/// the cut.
final class Drain: Sendable {
    /// How long an open connection without a request lives after the door has been shut: what its client sent just
    /// before is still on its way.
    static let grace = TimeAmount.milliseconds(500)

    private let flag = Atomic(false)

    /// Whether the server is about to stop.
    var hasBegun: Bool { flag.load(ordering: .relaxed) }

    /// Runs a server; when the surrounding group is told to stop gracefully, tells it so only after `wait`, or sooner
    /// when no connection is open any more.
    func run(
        _ server: any Service, wait: Duration, logger: Logger, openConnections: @escaping @Sendable () -> Int64,
        onBegin: @escaping @Sendable () -> Void
    ) async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [.init(service: server)], logger: logger))
        // A detached task, because a child would hear of the graceful stop at once.
        let serving = Task.detached { try await group.run() }
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await serving.value
            } onGracefulShutdown: { [self] in
                flag.store(true, ordering: .relaxed)
                onBegin()
                Task.detached {
                    let end = ContinuousClock.now + wait
                    while ContinuousClock.now < end, openConnections() > 0 {
                        try? await Pause.sleep(for: .milliseconds(20))
                    }
                    await group.triggerGracefulShutdown()
                }
            }
        } onCancel: {
            serving.cancel()
        }
    }
}
