import Foundation
public import Logging

/// A Redis 7 server run as a child of this process: a cache on a unix socket, bounded in memory, that persists
/// nothing.
///
/// The server stops when this process ends, however it ends, and when the value is let go of.
public final class LocalRedis: Sendable {
    /// How the server is run.
    public struct Options: Sendable {
        /// The account to run under when this process is root's.
        public var user = "postgres"
        /// The bound of its memory in bytes; beyond it the keys that were used longest ago are dropped.
        public var maximumMemory = 128 << 20
        /// A TCP port on 127.0.0.1 to listen on as well as on the socket.
        public var loopbackPort: UInt16?
        /// Whether the directory is removed when the server is stopped or this process ends.
        public var isDisposable = false
        /// How long the server may take until it answers.
        public var startLimit: Duration = .seconds(30)

        /// A socket only, 128 MiB, and a directory that stays.
        public init() {}

        /// As `init()`, but with a directory that goes with the server.
        public static var disposable: Options {
            var options = Options()
            options.isDisposable = true
            return options
        }
    }

    /// The path of the unix socket.
    public let socket: String
    /// The server's process ID.
    public let processID: Int32
    private let server: SupervisedServer
    private let home: ServiceHome
    private let isDisposable: Bool

    private init(server: SupervisedServer, home: ServiceHome, isDisposable: Bool) {
        self.server = server
        self.home = home
        self.isDisposable = isDisposable
        processID = server.processID
        socket = Self.socket(in: home)
    }

    deinit {
        server.abandon()
    }

    /// Starts the server in `directory` and returns once it answers.
    ///
    /// Throws `alreadyRunning` when a live server answers on the directory's socket, `missingProgram` when Redis is
    /// not installed, and `failed` with the end of the log when the server does not come up.
    public static func start(
        directory: String, options: Options = Options(), logger: Logger
    ) async throws(LocalServicesError) -> LocalRedis {
        try await blocking { () throws(LocalServicesError) in
            try startAndWait(directory: directory, options: options, logger: logger)
        }
    }

    /// The address of the socket, `unix://` and its path.
    public var url: String { "unix://\(socket)" }

    /// The address of the server that some process runs in `directory`, or nil if none answers there.
    public static func runningURL(directory: String) -> String? {
        let path = socket(in: ServiceHome.existing(directory, socketName: socketName))
        return RedisProbe.answer(atSocket: path) == nil ? nil : "unix://\(path)"
    }

    /// Stops the server, after ten seconds by force; a disposable directory is removed.
    public func stop() async {
        server.abandon()
        await server.waitForExit()
        removeIfDisposable()
    }

    /// As `stop()`, for a process that is about to exit and can wait for nothing asynchronous.
    public func stopBlocking(limit: Duration = .seconds(10)) {
        server.abandon()
        server.blockUntilExit(for: limit)
        removeIfDisposable()
    }

    /// Kills the server with SIGKILL; the directory can then be started again, empty, at the same address.
    public func kill() async {
        server.deliver("KILL")
        await server.waitForExit()
    }

    /// Returns when the server's process has ended for any reason.
    public func waitUntilExit() async {
        await server.waitForExit()
    }

    static let socketName = "redis.sock"

    private func removeIfDisposable() {
        guard isDisposable else { return }
        try? FileManager.default.removeItem(atPath: home.directory)
        try? FileManager.default.removeItem(atPath: home.sockets)
    }

    private static func socket(in home: ServiceHome) -> String {
        home.sockets + "/" + socketName
    }

    private static func startAndWait(
        directory: String, options: Options, logger: Logger
    ) throws(LocalServicesError) -> LocalRedis {
        let account = try Account.toRunAs(options.user)
        let program = try Program.redis.find()
        let home = try ServiceHome.prepare(directory, socketName: socketName, account: account, logger: logger)
        let path = socket(in: home)
        if let other = RedisProbe.answer(atSocket: path) {
            throw .alreadyRunning(directory: home.directory, processID: other)
        }
        unlink(path)
        let command = [
            program, "--port", "\(options.loopbackPort ?? 0)", "--bind", "127.0.0.1", "--unixsocket", path,
            "--unixsocketperm", "700", "--dir", home.directory, "--save", "", "--appendonly", "no",
            "--maxmemory", "\(options.maximumMemory)", "--maxmemory-policy", "allkeys-lru", "--daemonize", "no",
        ]
        let logStart = LogTail.length(home.log)
        let ending = SupervisedServer.Ending(
            signals: ["TERM", "KILL"], removing: options.isDisposable ? home : nil)
        let server = try SupervisedServer(command, account: account, log: home.log, ending: ending)
        let deadline = ContinuousClock.now + options.startLimit
        while RedisProbe.answer(atSocket: path) != server.processID {
            guard !server.hasExited, ContinuousClock.now < deadline else {
                let output = LogTail.read(home.log, from: logStart)
                server.abandon()
                server.blockUntilExit(for: .seconds(30))
                throw .failed(operation: "starting Redis in \(home.directory)", output: output)
            }
            usleep(5_000)
        }
        return LocalRedis(server: server, home: home, isDisposable: options.isDisposable)
    }
}
