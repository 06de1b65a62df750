import Hummingbird
import HummingbirdCore
public import JSON
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle

/// An interface as a service: listens until it is told to stop, then ends without losing a request, as ``Drain`` says.
public final class HTTPService<Caller: Sendable>: Service {
    private let configuration: HTTPConfiguration
    private let endpoints: [Endpoint<Caller>]
    private let interface: InterfaceDescription
    private let callers: any CallerResolving<Caller>
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - endpoints: every operation of the interface.
    ///   - interface: what its document and pages say of the whole.
    ///   - examples: values for the examples of the document, that work now.
    ///   - callers: says who asks.
    ///   - onListening: told the port once connections are accepted.
    public init(
        configuration: HTTPConfiguration, endpoints: [Endpoint<Caller>], interface: InterfaceDescription,
        examples: @escaping @Sendable () async -> Examples, callers: any CallerResolving<Caller>, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.interface = interface
        self.endpoints =
            endpoints
            + DocsEndpoints(
                interface: interface, operations: endpoints.map(\.operation), examples: examples,
                files: DocsFiles(directory: configuration.docsDirectory)
            ).all()
        self.callers = callers
        self.logger = logger
        self.onListening = onListening
    }

    /// Every operation, those that describe the interface included.
    public var operations: [Operation] { endpoints.map(\.operation) }

    /// The OpenAPI document, with values in its examples.
    public func document(_ examples: Examples) -> JSONValue {
        examples.resolve(OpenAPIDocument(interface: interface, operations: operations).document)
    }

    /// Serves until graceful shutdown or cancellation.
    public func run() async throws {
        let configuration = configuration
        let onListening = onListening
        let operations = endpoints.map(\.operation)
        let table = RouteTable(operations)
        let metrics = RequestMetrics(operations)
        let drain = Drain()
        let state = ServiceState(metrics: metrics, drain: drain)
        let streams = Streams(metrics: metrics)
        let inline = InlineResponder(
            endpoints: endpoints, table: table, callers: callers, problemBase: configuration.problemBase, state: state,
            logger: logger)
        let responder = Dispatcher(
            endpoints: endpoints, table: table, callers: callers, configuration: configuration, state: state,
            streams: streams)
        let limits = operations.map(\.limits)
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionGuard(
                    configuration: configuration, metrics: metrics, table: table, limits: limits, inline: inline,
                    drain: drain)
            ],
            idleTimeout: nil,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: HTTPConfiguration.maximumHeaderBytes,
                maxHeaderListSize: HTTPConfiguration.maximumHeaderBytes, maxHeaderFieldCount: 100))
        let application = Application(
            responder: responder, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil, backlog: 1_024,
                reuseAddress: true,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.maximumConnections)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.port) },
            logger: logger)
        try await drain.run(
            application, wait: configuration.drainWait, logger: logger, openConnections: { metrics.connections.value },
            onBegin: { streams.end() })
    }
}
