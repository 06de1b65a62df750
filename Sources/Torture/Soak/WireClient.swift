import Foundation
import JSON

/// One kept HTTP/1.1 connection, on blocking sockets: no more of HTTP than the service's own answers need.
final class WireClient {
    /// An answer; the body is JSON as a rule.
    struct Answer {
        var status: Int
        var body: Data

        /// The body; null where it is no JSON.
        var json: JSONValue { (try? JSONReader.read(Array(body))) ?? .null }
    }

    private let port: UInt16
    private var descriptor: Int32 = -1

    init(port: UInt16) { self.port = port }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Sends a request and waits for its answer, no longer than half a minute. Nil when there is none; the next request
    /// then makes a new connection.
    func ask(_ method: String, _ target: String, body: String? = nil, key: String? = nil) -> Answer? {
        guard descriptor >= 0 || connect() else { return nil }
        var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
        if let key { head += "Idempotency-Key: \(key)\r\n" }
        if let body { head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        guard send(Array((head + "\r\n" + (body ?? "")).utf8)), let answer = receive() else {
            hangUp()
            return nil
        }
        return answer
    }

    private func connect() -> Bool {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if !isConnected { hangUp() }
        return isConnected
    }

    private func hangUp() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            == bytes.count
    }

    private func receive() -> Answer? {
        var bytes = Data()
        let end = Data("\r\n\r\n".utf8)
        var headEnd: Data.Index?
        while headEnd == nil {
            guard read(into: &bytes) else { return nil }
            headEnd = bytes.range(of: end)?.upperBound
        }
        guard let headEnd else { return nil }
        let head = String(decoding: bytes[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        guard let status = head.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        let fields = head.dropFirst().map { $0.lowercased() }
        let length = fields.first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
        guard let length = length ?? (status == 204 || status == 304 ? 0 : nil) else { return nil }
        while bytes.count - headEnd < length { guard read(into: &bytes) else { return nil } }
        if fields.contains("connection: close") { hangUp() }
        return Answer(status: status, body: bytes[headEnd..<headEnd + length])
    }

    private func read(into bytes: inout Data) -> Bool {
        let piece = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer -> Data? in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            return count > 0 ? Data(buffer[..<count]) : nil
        }
        guard let piece else { return false }
        bytes.append(piece)
        return true
    }
}
