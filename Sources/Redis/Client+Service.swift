public import ServiceLifecycle

extension Client: Service {
    /// Connects, so that a wrong address is in the log at start and not at the first call; shuts down when graceful
    /// shutdown begins or the task is cancelled.
    public func run() async throws {
        _ = try? await send([.ping])
        try? await gracefulShutdown()
        shutdown()
    }
}
