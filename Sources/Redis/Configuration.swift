/// Where Redis is and how the client behaves.
public struct Configuration: Sendable, Hashable {
    /// Where the server listens.
    public enum Endpoint: Sendable, Hashable {
        /// A host's name or address, and a port.
        case tcp(host: String, port: UInt16)
        /// The absolute path of a socket.
        case unix(path: String)
    }

    /// Where the server listens.
    public var endpoint: Endpoint
    /// The account, if not the default one.
    public var user: String?
    /// What to authenticate with, if anything.
    public var password: String?
    /// The number of the database.
    public var database: Int
    /// How many connections there are at most; they are made when first needed.
    public var connections = 4
    /// How long commands may wait for a connection, and again how long the round trip may take once they are sent.
    public var commandTimeout: Duration = .milliseconds(50)
    /// How long a connection may take until it can be used.
    public var connectTimeout: Duration = .milliseconds(100)
    /// How many commands may wait for a connection; a call beyond fails with `overloaded`.
    public var queueLimit = 1024
    /// After how many failures in a row the breaker opens; a failure to connect opens it at once.
    public var failureThreshold = 5
    /// The pause before the first probe once the breaker is open; doubled after each that fails.
    public var firstBackoff: Duration = .milliseconds(100)
    /// The longest pause between probes.
    public var longestBackoff: Duration = .seconds(5)

    /// A server at `endpoint`, with the default limits.
    public init(endpoint: Endpoint, user: String? = nil, password: String? = nil, database: Int = 0) {
        self.endpoint = endpoint
        self.user = user
        self.password = password
        self.database = database
    }

    /// Checks what no client could work with.
    func validate() throws(RedisError) {
        func require(_ holds: Bool, _ message: String) throws(RedisError) {
            guard holds else { throw RedisError(.usage, operation: "configure", message: message) }
        }
        switch endpoint {
        case .tcp(let host, let port):
            try require(!host.isEmpty && !host.utf8.contains(0), "the host is empty or has a NUL in it")
            try require(port > 0, "the port must be in 1...65535")
        case .unix(let path):
            try require(path.hasPrefix("/") && path.utf8.count > 1, "the socket's path must be absolute")
            try require(!path.utf8.contains(0), "the socket's path has a NUL in it")
            // `sun_path` has 108 bytes with the final NUL; hiredis cuts without a word.
            try require(path.utf8.count <= 107, "the socket's path is longer than 107 bytes")
        }
        try require(user == nil || password != nil, "a user needs a password")
        try require(database >= 0, "the database must not be negative")
        try require(connections >= 1, "at least one connection is needed")
        try require(queueLimit >= 1 && failureThreshold >= 1, "the queue's limit and the threshold must be positive")
        try require(commandTimeout > .zero && connectTimeout > .zero, "timeouts must be positive")
        try require(firstBackoff > .zero && longestBackoff >= firstBackoff, "the pauses must be positive and in order")
    }
}

extension Configuration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address and the database, never the user or the password.
    public var description: String {
        let secret = password == nil ? "" : "***@"
        return switch endpoint {
        case .tcp(let host, let port):
            "redis://\(secret)\(host.contains(":") ? "[\(host)]" : host):\(port)/\(database)"
        case .unix(let path): "unix://\(secret)\(path)?db=\(database)"
        }
    }

    /// As ``description``.
    public var debugDescription: String { description }

    /// Without the password, which a dump would show.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
