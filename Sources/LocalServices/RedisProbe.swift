import Foundation

/// One question to a Redis server, to learn whether it answers and which process it is.
enum RedisProbe {
    /// The process ID of the server that answers on the socket within a second, or nil.
    static func answer(atSocket path: String) -> pid_t? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count <= ServiceHome.longestSocketPath else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard connection >= 0 else { return nil }
        defer { close(connection) }
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        let question = Array("INFO server\r\nQUIT\r\n".utf8)
        guard isConnected, send(connection, question, question.count, Int32(MSG_NOSIGNAL)) == question.count
        else { return nil }
        let lines = Pipe.readToEnd(connection).split(whereSeparator: \.isNewline)
        return lines.first { $0.hasPrefix("process_id:") }.flatMap { pid_t($0.dropFirst("process_id:".count)) }
    }
}
