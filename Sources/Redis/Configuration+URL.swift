import Foundation

extension Configuration {
    /// Reads `redis://[[user]:password@]host[:port][/database]` or `unix:///path[?db=n&user=name&password=word]`.
    ///
    /// The port is 6379 and the database 0 unless said. Reserved characters in a user, a password or a path are
    /// percent-encoded. Throws `usage`, with a message that names the part at fault and quotes nothing secret.
    public init(url: String) throws(RedisError) {
        guard let parts = URLComponents(string: url, encodingInvalidCharacters: false), let scheme = parts.scheme else {
            throw Self.refusal("not a URL (reserved characters in a password must be percent-encoded)")
        }
        guard parts.fragment == nil else { throw Self.refusal("a fragment (#) has no meaning here") }
        switch scheme.lowercased() {
        case "redis": try self.init(redis: parts)
        case "unix": try self.init(unix: parts)
        case "rediss": throw Self.refusal("TLS (rediss) is not supported")
        default: throw Self.refusal("the scheme must be redis or unix")
        }
        try validate()
    }

    private init(redis parts: URLComponents) throws(RedisError) {
        guard var host = parts.host, !host.isEmpty else { throw Self.refusal("the host is missing") }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard parts.query == nil else { throw Self.refusal("a query (?) has no meaning in a redis URL") }
        guard let port = UInt16(exactly: parts.port ?? 6379) else {
            throw Self.refusal("the port must be in 1...65535")
        }
        let database = parts.path.hasPrefix("/") ? String(parts.path.dropFirst()) : parts.path
        self.init(
            endpoint: .tcp(host: host, port: port), user: Self.nonEmpty(parts.user),
            password: Self.nonEmpty(parts.password), database: database.isEmpty ? 0 : try Self.number(database))
    }

    private init(unix parts: URLComponents) throws(RedisError) {
        guard Self.nonEmpty(parts.host) == nil, parts.user == nil, parts.password == nil, parts.port == nil else {
            throw Self.refusal("a socket's path must be absolute: unix:///path")
        }
        var values: [String: String] = [:]
        for item in parts.queryItems ?? [] {
            guard ["db", "user", "password"].contains(item.name) else {
                throw Self.refusal("only db, user and password can stand in the query")
            }
            guard values.updateValue(item.value ?? "", forKey: item.name) == nil else {
                throw Self.refusal("\(item.name) stands twice in the query")
            }
        }
        self.init(
            endpoint: .unix(path: parts.path), user: Self.nonEmpty(values["user"]),
            password: Self.nonEmpty(values["password"]), database: try values["db"].map(Self.number) ?? 0)
    }

    private static func number(_ text: String) throws(RedisError) -> Int {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
            throw refusal("the database must be a whole number")
        }
        return number
    }

    private static func nonEmpty(_ text: String?) -> String? {
        text?.isEmpty == false ? text : nil
    }

    private static func refusal(_ message: String) -> RedisError {
        RedisError(.usage, operation: "configure", message: message)
    }
}
