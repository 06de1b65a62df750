public import Logging
public import ServiceLifecycle

/// A running HTTP server on a port of its own.
public final class Door: Sendable {
    /// Where it listens.
    public let port: Int
    private let services: ServiceGroup
    private let running: Task<Void, any Error>

    private init(port: Int, services: ServiceGroup, running: Task<Void, any Error>) {
        self.port = port
        self.services = services
        self.running = running
    }

    /// Starts a server, and returns when it listens.
    /// - Parameter server: makes the server, which calls what it is given with the port that it listens on.
    public static func open(
        logger: Logger = .silent, _ server: (_ onListening: @escaping @Sendable (Int) -> Void) -> any Service
    ) async throws -> Door {
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: server { told.yield($0) })], logger: logger))
        let running = Task {
            defer { told.finish() }
            try await services.run()
        }
        for await port in ports { return Door(port: port, services: services, running: running) }
        try await running.value
        throw WireError(description: "the server did not listen")
    }

    /// Runs a body and closes the door after it, also when the body throws.
    public func closed<R>(after body: (Door) async throws -> R) async throws -> R {
        do {
            let result = try await body(self)
            try await close()
            return result
        } catch {
            try? await close()
            throw error
        }
    }

    /// Stops gracefully and returns once `run()` has returned.
    public func close() async throws {
        await services.triggerGracefulShutdown()
        try await running.value
    }

    /// Asks on a connection of its own. The `Host` is the loopback's unless the fields say another.
    public func ask(
        _ target: String, method: String = "GET", fields: [String] = [], body: [UInt8]? = nil
    ) async throws -> Reply {
        let wire = try Wire(port: port)
        try await wire.send(Self.request(target, method: method, fields: fields, body: body))
        return try await wire.reply(head: method == "HEAD")
    }

    /// Asks with a JSON body.
    public func send(
        _ method: String, _ target: String, _ body: String? = nil, key: String? = nil, fields: [String] = []
    ) async throws -> Reply {
        var fields = fields
        if let key { fields.append("Idempotency-Key: \(key)") }
        if body != nil { fields.append("Content-Type: application/json") }
        return try await ask(target, method: method, fields: fields, body: body.map { Array($0.utf8) })
    }

    /// The bytes of a request.
    public static func request(
        _ target: String, method: String = "GET", fields: [String] = [], body: [UInt8]? = nil
    ) -> [UInt8] {
        var lines = ["\(method) \(target) HTTP/1.1"]
        if !fields.contains(where: { $0.lowercased().hasPrefix("host:") }) { lines.append("Host: 127.0.0.1") }
        lines += fields
        if let body { lines.append("Content-Length: \(body.count)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
    }
}
