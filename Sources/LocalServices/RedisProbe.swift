import Foundation

/// Questions to a Redis server, to learn whether it answers and which process it is.
enum RedisProbe {
    /// The process ID of the server that answers on the socket within a second, or nil.
    static func answer(atSocket path: String) -> pid_t? {
        guard let connection = connected(toSocket: path) else { return nil }
        defer { close(connection) }
        let lines = exchange("INFO server\r\nQUIT\r\n", on: connection).split(whereSeparator: \.isNewline)
        return lines.first { $0.hasPrefix("process_id:") }.flatMap { pid_t($0.dropFirst("process_id:".count)) }
    }

    /// A connection to the socket, for the caller to close, or nil when nobody listens.
    static func connected(toSocket path: String) -> Int32? {
        guard path.utf8.count <= ServiceHome.longestSocketPath else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard connection >= 0 else { return nil }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        if isConnected { return connection }
        close(connection)
        return nil
    }

    /// Sends inline commands, the last of which is `QUIT`, and returns all that comes back until the server hangs up
    /// or is silent for a second.
    static func exchange(_ commands: String, on connection: Int32) -> String {
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let bytes = Array(commands.utf8)
        guard send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return "" }
        return Pipe.readToEnd(connection)
    }
}
