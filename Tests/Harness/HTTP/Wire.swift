import Foundation

/// What went wrong on a test's own connection.
public struct WireError: Error, CustomStringConvertible {
    /// What the system said.
    public let description: String

    /// An error with a text of the test's own.
    public init(description: String) {
        self.description = description
    }
}

/// A connection of the test's own over a blocking socket, so that requests can be malformed, slow or half sent.
///
/// Each call blocks a thread of Dispatch, never one of Swift's, on which the server under test runs. A read gives up
/// after 30 s. One task uses a connection at a time.
public final class Wire: @unchecked Sendable {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Connects to the loopback; a small `receiveBuffer` makes a client that stalls the server soon.
    public init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw WireError(description: "socket: \(errno)") }
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            let number = errno
            close(descriptor)
            throw WireError(description: "connect: \(number)")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Sends all bytes; throws when the server has closed.
    public func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    /// Sends all bytes; throws when the server has closed.
    public func send(_ bytes: [UInt8]) async throws {
        try await blocking {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Foundation.send(self.descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw WireError(description: "send: \(errno)") }
                sent += count
            }
        }
    }

    /// Reads the next whole answer. A `head` answer has no body whatever its fields say.
    public func reply(head: Bool = false) async throws -> Reply {
        try await blocking {
            let end = Array("\r\n\r\n".utf8)
            while self.buffer.firstRange(of: end) == nil { try self.fill() }
            let range = self.buffer.firstRange(of: end)!
            var reply = try Reply(head: Array(self.buffer[..<range.lowerBound]))
            self.buffer.removeSubrange(..<range.upperBound)
            guard !head, reply.status != 304, reply.status != 204 else { return reply }
            if reply["transfer-encoding"] == "chunked" {
                reply.body = try self.chunks()
            } else if let length = reply["content-length"].flatMap({ Int($0) }) {
                while self.buffer.count < length { try self.fill() }
                reply.body = Array(self.buffer[..<length])
                self.buffer.removeSubrange(..<length)
            }
            return reply
        }
    }

    /// Everything until the server closes. A reset counts as closed.
    public func rest() async throws -> [UInt8] {
        try await blocking {
            while true {
                do {
                    try self.fill()
                } catch let error as WireError where error.description == "closed" {
                    defer { self.buffer = [] }
                    return self.buffer
                }
            }
        }
    }

    private func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            while buffer.firstRange(of: [13, 10]) == nil { try fill() }
            let line = buffer.firstRange(of: [13, 10])!
            guard let size = Int(String(decoding: buffer[..<line.lowerBound], as: UTF8.self), radix: 16) else {
                throw WireError(description: "no chunk size")
            }
            buffer.removeSubrange(..<line.upperBound)
            while buffer.count < size + 2 { try fill() }
            body += buffer[..<size]
            buffer.removeSubrange(..<(size + 2))
            if size == 0 { return body }
        }
    }

    private func fill() throws {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        if count == 0 || (count < 0 && errno == ECONNRESET) { throw WireError(description: "closed") }
        guard count > 0 else { throw WireError(description: "recv: \(errno)") }
        buffer += bytes[..<count]
    }
}

/// Runs what blocks on a thread of Dispatch.
func blocking<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}
