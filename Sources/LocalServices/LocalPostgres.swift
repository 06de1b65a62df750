import Foundation
public import Logging

/// A PostgreSQL 15 cluster run as a child of this process, in a directory, on a unix socket only.
///
/// Every connection over the socket is trusted; the socket's directory can be entered by the server's account and by
/// root alone. The server stops when this process ends, however it ends, and when the value is let go of.
public final class LocalPostgres: Sendable {
    /// How a cluster is made and run.
    public struct Options: Sendable {
        /// The account to run under when this process is root's.
        public var user = "postgres"
        /// Settings of `postgresql.conf`, given on the command line, so that they hold for this run alone.
        public var settings: [String: String]
        /// Whether the data are for this run only: nothing is forced to disk, and the directory is removed when the
        /// server is stopped or this process ends.
        public var isDisposable: Bool
        /// Whether a cluster that a live process already runs in the directory is used instead of refused. It is
        /// then left running by `stop()`.
        public var adoptsRunning = false
        /// How long the server may take until it answers.
        public var startLimit: Duration = .seconds(60)

        /// Options with the given settings beside those that the module itself needs.
        public init(settings: [String: String], isDisposable: Bool) {
            self.settings = settings
            self.isDisposable = isDisposable
        }

        /// For data that must survive a power cut.
        public static let durable = Options(
            settings: [
                "fsync": "on", "synchronous_commit": "on", "max_connections": "100", "shared_buffers": "256MB",
                // A series of bookings holds a lock for each quarter of an hour of each of its dates.
                "max_locks_per_transaction": "256", "jit": "off", "log_min_messages": "warning",
            ],
            isDisposable: false)

        /// For tests: quick to write, and worthless afterwards.
        public static let disposable = Options(
            settings: [
                "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200",
                "max_locks_per_transaction": "256",
                "shared_buffers": "128MB", "jit": "off", "autovacuum": "off", "log_min_messages": "warning",
            ],
            isDisposable: true)
    }

    /// The role that `initdb` makes, a superuser.
    public static let superuser = "postgres"

    private enum Process {
        case child(SupervisedServer)
        case adopted
    }

    /// The directory of the unix socket, the `host` of a connection.
    public let socketDirectory: String
    /// The postmaster's process ID.
    public let processID: Int32
    private let process: Process
    private let home: ServiceHome
    private let isDisposable: Bool

    private init(process: Process, processID: Int32, home: ServiceHome, socketDirectory: String, isDisposable: Bool) {
        self.process = process
        self.processID = processID
        self.home = home
        self.socketDirectory = socketDirectory
        self.isDisposable = isDisposable
    }

    deinit {
        if case .child(let server) = process { server.abandon() }
    }

    /// Makes a cluster in `directory` if it has none, starts it, and returns once it answers.
    ///
    /// Throws `alreadyRunning` when a live process serves the directory (see `adoptsRunning`), `missingProgram` when
    /// PostgreSQL is not installed, and `failed` with the end of the log when the server does not come up.
    public static func start(
        directory: String, options: Options = .durable, logger: Logger
    ) async throws(LocalServicesError) -> LocalPostgres {
        try await blocking { () throws(LocalServicesError) in
            try startAndWait(directory: directory, options: options, logger: logger)
        }
    }

    /// The connection URL of a database for libpq, as the superuser or another role.
    public func url(database: String, user: String = LocalPostgres.superuser) -> String {
        Self.url(database: database, user: user, socketDirectory: socketDirectory)
    }

    /// The connection URL of a database of the cluster that some process runs in `directory`, or nil if none does.
    public static func runningURL(directory: String, database: String, user: String = superuser) -> String? {
        let home = ServiceHome.existing(directory, socketName: socketName)
        guard let file = PostmasterFile(dataDirectory: home.data), file.isRunning, file.isReady else { return nil }
        return url(database: database, user: user, socketDirectory: file.socketDirectory)
    }

    /// Stops the server: at first politely, cutting connections off; after ten seconds by force. A cluster that was
    /// adopted is left alone, and the directory of a disposable one is removed.
    public func stop() async {
        guard case .child(let server) = process else { return }
        server.abandon()
        await server.waitForExit()
        removeIfDisposable()
    }

    /// As `stop()`, for a process that is about to exit and can wait for nothing asynchronous.
    public func stopBlocking(limit: Duration = .seconds(10)) {
        guard case .child(let server) = process else { return }
        server.abandon()
        server.blockUntilExit(for: limit)
        removeIfDisposable()
    }

    /// Kills the postmaster and all its backends at once with SIGKILL, as a power cut would; the directory can then
    /// be started again and recovers. Throws `failed` when something is still alive after ten seconds.
    public func kill() async throws(LocalServicesError) {
        guard case .child(let server) = process, !server.hasExited else { return }
        let root = processID
        let isGone = try await blocking { () throws(LocalServicesError) in ProcessTable.killTree(root) }
        guard isGone else { throw .failed(operation: "killing PostgreSQL", output: "") }
        await server.waitForExit()
    }

    /// Returns when the server's process has ended for any reason; at once for an adopted cluster.
    public func waitUntilExit() async {
        if case .child(let server) = process { await server.waitForExit() }
    }

    /// The path of one of PostgreSQL's programs, such as `psql` or `pg_dump`.
    public static func program(_ name: String) throws(LocalServicesError) -> String {
        try Program.postgres(name).find()
    }

    static let socketName = ".s.PGSQL.5432"

    private func removeIfDisposable() {
        guard isDisposable else { return }
        try? FileManager.default.removeItem(atPath: home.directory)
        try? FileManager.default.removeItem(atPath: home.sockets)
    }

    private static func url(database: String, user: String, socketDirectory: String) -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~/"))
        let encoded = [user, database, socketDirectory].map {
            $0.addingPercentEncoding(withAllowedCharacters: allowed) ?? $0
        }
        return "postgres://\(encoded[0])@/\(encoded[1])?host=\(encoded[2])"
    }

    private static func startAndWait(
        directory: String, options: Options, logger: Logger
    ) throws(LocalServicesError) -> LocalPostgres {
        let account = try Account.toRunAs(options.user)
        let programs = try (initdb: program("initdb"), server: program("postgres"))
        let home = try ServiceHome.prepare(directory, socketName: socketName, account: account, logger: logger)
        if let file = PostmasterFile(dataDirectory: home.data) {
            if file.isRunning {
                guard options.adoptsRunning else {
                    throw .alreadyRunning(directory: home.directory, processID: file.processID)
                }
                return LocalPostgres(
                    process: .adopted, processID: file.processID, home: home, socketDirectory: file.socketDirectory,
                    isDisposable: false)
            }
            // PostgreSQL takes any live process of its account with this ID for a postmaster and refuses to start;
            // after a restart of the machine or container the ID is often some other process's.
            unlink(PostmasterFile.path(in: home.data))
        }
        try PostgresCluster(home: home, account: account, isDisposable: options.isDisposable).create(
            with: programs.initdb)

        let required = [
            "listen_addresses": "", "unix_socket_directories": home.sockets, "unix_socket_permissions": "0700",
        ]
        let settings = options.settings.merging(required) { _, needed in needed }.sorted { $0.key < $1.key }
        let command = [programs.server, "-D", home.data] + settings.flatMap { ["-c", "\($0.key)=\($0.value)"] }
        let logStart = LogTail.length(home.log)
        // SIGINT is a fast shutdown, SIGQUIT an immediate one, which leaves recovery to the next start.
        let ending = SupervisedServer.Ending(
            signals: options.isDisposable ? ["QUIT", "KILL"] : ["INT", "QUIT", "KILL"],
            removing: options.isDisposable ? home : nil)
        let server = try SupervisedServer(command, account: account, log: home.log, ending: ending)
        let deadline = ContinuousClock.now + options.startLimit
        while true {
            if let file = PostmasterFile(dataDirectory: home.data), file.processID == server.processID, file.isReady {
                break
            }
            guard !server.hasExited, ContinuousClock.now < deadline else {
                let output = LogTail.read(home.log, from: logStart)
                server.abandon()
                server.blockUntilExit(for: .seconds(30))
                throw .failed(operation: "starting PostgreSQL in \(home.directory)", output: output)
            }
            usleep(5_000)
        }
        return LocalPostgres(
            process: .child(server), processID: server.processID, home: home, socketDirectory: home.sockets,
            isDisposable: options.isDisposable)
    }
}
