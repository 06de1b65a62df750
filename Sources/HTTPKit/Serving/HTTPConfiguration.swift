/// Where the HTTP service listens and what it puts up with.
public struct HTTPConfiguration: Sendable {
    /// Address to bind.
    public var host: String
    /// Port to bind; 0 takes a free one.
    public var port: Int
    /// Total time for one request, after which the caller gets 504.
    public var requestDeadline: Duration
    /// Time for a request's head to arrive on an open connection, and so for an idle connection to live.
    public var idleTimeout: Duration
    /// Time for a request's body to arrive after its head.
    public var bodyTimeout: Duration
    /// Bytes of a request's head, all fields together.
    public static let maximumHeaderBytes = 16 * 1024
    /// Open connections; further ones wait in the kernel's backlog.
    public var maximumConnections: Int
    /// Requests under way on tasks of their own; further ones are refused with 503.
    public var maximumRequestsInFlight: Int
    /// Time for which a server that stops says that it is not ready and answers all the same, each answer being the
    /// last of its connection.
    public var drainWait: Duration
    /// Time that a graceful stop takes at most, `drainWait` included.
    public var drainTimeout: Duration
    /// What the `type` of a problem begins with: a URL, or a path of this service.
    public var problemBase: String
    /// Where the files of Swagger UI are, for `/docs`; nil or a directory without them leaves a plain page.
    public var docsDirectory: String?

    /// The limits of the interface's design, on a loopback port.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, requestDeadline: Duration = .seconds(10),
        idleTimeout: Duration = .seconds(60), bodyTimeout: Duration = .seconds(10),
        maximumConnections: Int = 4_096, maximumRequestsInFlight: Int = 512,
        drainWait: Duration = .seconds(2), drainTimeout: Duration = .seconds(15), problemBase: String = "/problems/",
        docsDirectory: String? = nil
    ) {
        self.host = host
        self.port = port
        self.requestDeadline = requestDeadline
        self.idleTimeout = idleTimeout
        self.bodyTimeout = bodyTimeout
        self.maximumConnections = maximumConnections
        self.maximumRequestsInFlight = maximumRequestsInFlight
        self.drainWait = drainWait
        self.drainTimeout = drainTimeout
        self.problemBase = problemBase
        self.docsDirectory = docsDirectory
    }
}
