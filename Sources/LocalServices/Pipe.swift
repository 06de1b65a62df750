import Foundation

/// A way for bytes from one process to another.
enum Pipe {
    /// Two ends that stay in this process unless they are handed on by name.
    ///
    /// They are sockets because writing to a socket whose reader has gone can be told not to raise SIGPIPE.
    static func make() throws(LocalServicesError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        try check("making a pair of sockets", socketpair(AF_UNIX, kind, 0, &ends))
        return (ends[0], ends[1])
    }

    /// Everything up to the end of the stream, as text.
    static func readToEnd(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 || errno != EINTR {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }
}
