import Foundation

/// Finds out before a long start whether the port is free, and says so in one sentence.
enum PortProbe {
    static func check(host: String, port: Int) throws {
        guard port != 0 else { return }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let address = list else {
            throw SettingError(key: .host, problem: "names '\(host)', which is not an address of this machine")
        }
        defer { freeaddrinfo(list) }
        let descriptor = socket(address.pointee.ai_family, address.pointee.ai_socktype, address.pointee.ai_protocol)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0 else {
            let reason = errno
            throw SettingError(
                key: .port,
                problem: reason == EADDRINUSE
                    ? "is \(port), which another program is using; choose another with --port or `make run PORT=...`"
                    : "is \(port), which cannot be used: \(String(cString: strerror(reason)))")
        }
        // Without SO_REUSEADDR's blind spot: a listener that set it too lets bind succeed, but not listen.
        guard listen(descriptor, 1) == 0 else {
            throw SettingError(
                key: .port,
                problem: "is \(port), which another program is using; choose another with --port or `make run PORT=...`"
            )
        }
    }
}
