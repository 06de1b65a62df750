import Foundation
import Harness
import Synchronization

/// Stands between a client and the server's unix socket and counts how often the client's turn to speak came.
///
/// A round trip is a turn: the client speaks after the server did. The bytes pass through unchanged.
final class CountingProxy: Sendable {
    private struct Count {
        var turns = 0
        var isClientSpeaking = false
    }

    struct Failure: Error {}

    /// The `host` for a client.
    let directory: String
    private let listener: Int32
    private let count = Mutex(Count())

    init(to target: String) throws {
        var template = Array("/tmp/salons-test-proxy-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure() }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard Self.call(bind, listener, directory + "/.s.PGSQL.5432") == 0, listen(listener, 1) == 0 else {
            throw Failure()
        }
        Thread.detachNewThread { [self, listener] in
            let client = accept(listener, nil, nil)
            let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            guard Self.call(connect, server, target + "/.s.PGSQL.5432") == 0 else { return _ = close(client) }
            Thread.detachNewThread { self.pump(from: server, to: client, isClient: false) }
            pump(from: client, to: server, isClient: true)
        }
    }

    deinit {
        close(listener)
        try? FileManager.default.removeItem(atPath: directory)
    }

    var turns: Int { count.withLock { $0.turns } }

    private func pump(from source: Int32, to target: Int32, isClient: Bool) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let length = read(source, &buffer, buffer.count)
            guard length > 0 else { break }
            count.withLock { count in
                if isClient, !count.isClientSpeaking { count.turns += 1 }
                count.isClientSpeaking = isClient
            }
            var sent = 0
            while sent < length {
                let piece = buffer[sent..<length].withUnsafeBytes {
                    send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard piece > 0 else { break }
                sent += piece
            }
        }
        shutdown(target, Int32(SHUT_WR))
        if !isClient {
            close(source)
            close(target)
        }
    }

    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ socket: Int32, _ path: String
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafeBytes(of: &address) { bytes in
            function(
                socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
