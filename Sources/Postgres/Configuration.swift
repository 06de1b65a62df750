import CPostgres
import Dispatch

/// Where the database is and how connections to it behave.
public struct Configuration: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// A `postgres://` URL or a libpq keyword string; it can hold a password.
    let target: String
    /// The name the server shows in `pg_stat_activity`.
    public var applicationName = "salons"
    /// How long a connection attempt may take; whole seconds, at least 2.
    public var connectTimeout: Duration = .seconds(5)
    /// How long one statement may run before the server stops it; zero is without limit.
    public var statementTimeout: Duration = .seconds(30)
    /// The most connections a pool opens.
    public var poolSize = 8
    /// How long a caller waits for a free connection if it does not say.
    public var waitDeadline: Duration = .seconds(5)
    /// How many prepared statements a connection keeps.
    public var statementCacheSize = 256
    /// The role that connections begin as, if not the login's own; the login must be a member of it.
    public var initialRole: String?
    /// The longest pause between two attempts to reconnect.
    public var longestBackoff: Duration = .seconds(10)
    /// Sends the cancel requests of all connections to this target, one after the other: a server that hangs takes one
    /// thread and not one for each of them; the other connections are severed without having been asked.
    let cancelling = DispatchQueue(label: "postgres-cancel")
    /// What the target says without secrets.
    private let summary: String

    /// Checks a `postgres://user:password@host:port/database?host=/socket/dir` URL or a keyword string such as
    /// `host=/run/postgresql dbname=salons`.
    public init(_ target: String) throws(PostgresError) {
        self.target = target
        guard let options = PQconninfoParse(target, nil) else {
            throw PostgresError(.usage, operation: "configure", message: "not a connection URL or keyword string")
        }
        defer { PQconninfoFree(options) }
        var shown: [String] = []
        var option = options
        while let keyword = option.pointee.keyword {
            let name = String(cString: keyword)
            if let value = option.pointee.val, ["user", "host", "hostaddr", "port", "dbname", "sslmode"].contains(name)
            {
                shown.append("\(name)=\(String(cString: value))")
            }
            option += 1
        }
        summary = shown.joined(separator: " ")
    }

    /// User, host, port and database, never the password.
    public var description: String { "postgres(\(summary))" }
    /// As ``description``.
    public var debugDescription: String { description }

    /// What a server that is well adds to its statement timeout, at most.
    static let answerMargin = Duration.seconds(2)

    /// How long a server may be silent before a connection is given up.
    var answerLimit: Duration? { statementTimeout > .zero ? statementTimeout + Self.answerMargin : nil }

    var parameters: [(String, String)] {
        [
            // Before the target, which may say otherwise. A peer that is gone is noticed; unix sockets ignore them.
            ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "10000"),
            ("dbname", target), ("application_name", applicationName), ("client_encoding", "UTF8"),
            ("connect_timeout", String(max(2, connectTimeout.components.seconds))),
        ] + (initialRole.map { [("options", "-c role=\($0)")] } ?? [])
    }
}

extension Configuration: CustomReflectable {
    /// Without the target, which a dump would show.
    public var customMirror: Mirror { Mirror(self, children: ["summary": summary]) }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
