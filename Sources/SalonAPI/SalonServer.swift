public import Discovery
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import Synchronization

/// The HTTP door as a service: listens until it is told to stop, then ends without losing a request, as ``Drain`` says.
public final class SalonServer: Service {
    private let configuration: APIConfiguration
    private let routes: SalonRoutes
    private let inline: InlineResponder
    private let metrics: RequestMetrics
    private let logger: Logger
    private let drain = Drain()
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - discovery: answers the questions.
    ///   - resolver: says whose request it is.
    ///   - desk: takes reservations and reads calendars; without one only searches are answered.
    ///   - gathered: the figures of the other modules for `/metrics`.
    ///   - readiness: the state for `/readyz`.
    ///   - onListening: told the port once connections are accepted.
    public init(
        configuration: APIConfiguration, discovery: Discovery, resolver: any ScopeResolving,
        desk: ReservationDesk? = nil, gathered: @escaping @Sendable () async -> [Metric],
        readiness: @escaping @Sendable () async -> Readiness,
        logger: Logger, onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.metrics = RequestMetrics()
        self.routes = SalonRoutes(
            discovery: discovery, resolver: resolver, configuration: configuration, metrics: metrics,
            desk: desk, gathered: gathered, readiness: readiness, drain: drain)
        self.inline = InlineResponder(discovery: discovery, resolver: resolver, metrics: metrics)
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until graceful shutdown or cancellation.
    public func run() async throws {
        let configuration = configuration
        let metrics = metrics
        let inline = inline
        let drain = drain
        let onListening = onListening
        let responder = GuardedResponder(
            inner: routes.router().buildResponder(), configuration: configuration, metrics: metrics)
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionGuard(configuration: configuration, metrics: metrics, inline: inline, drain: drain)
            ],
            idleTimeout: nil,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: configuration.maximumHeaderBytes,
                maxHeaderListSize: configuration.maximumHeaderBytes, maxHeaderFieldCount: 100))
        let application = Application(
            responder: responder, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil, backlog: 1_024,
                reuseAddress: true,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.maximumConnections)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.port) },
            logger: logger)
        try await drain.run(application, wait: configuration.drainWait, logger: logger) { metrics.connections.value }
    }
}
